import fc from 'fast-check'
import { expect, test } from 'vitest'
import { archiveNames, fileNameFor, safeName } from './archive-names.ts'

test('names are unique, relative and safe, whatever the titles are', () => {
  const title = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 150 }),
    fc.constantFrom('../../etc/passwd', 'C:\\x', 'con', 'Logo', 'LOGO', '.', '', 'a\u0000b', 'a.', '\u202egpj.exe'),
  )
  fc.assert(
    fc.property(
      fc.array(fc.record({ section: title, name: title.map((text) => fileNameFor(text, 'image/png')) }), { maxLength: 30 }),
      (files) => {
        const names = archiveNames(files)
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(files.length)
        for (const name of names) {
          expect(name).not.toMatch(/^\/|\\|(^|\/)\.\.?(\/|$)|[\p{Cc}\p{Cf}<>:"|?*]/u)
          expect(name.split('/').length).toBeLessThanOrEqual(2)
        }
        expect(archiveNames(files)).toEqual(names)
      },
    ),
  )
})

test('names stay readable', () => {
  expect(
    archiveNames([
      { section: 'Logos', name: 'Primary mark.png' },
      { section: 'Logos', name: 'primary mark.png' },
      { section: '', name: 'Übersicht.pdf' },
    ]),
  ).toEqual(['Logos/Primary mark.png', 'Logos/primary mark (2).png', 'Übersicht.pdf'])
  expect(fileNameFor('Harbour: at dawn', 'image/jpeg', 'CM-2026-7K3QX9')).toBe('Harbour at dawn CM-2026-7K3QX9.jpg')
  expect(safeName('aux')).toBe('aux_')
  expect(safeName(' .. ')).toBe('Untitled')
})
