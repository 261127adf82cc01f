import fc from 'fast-check'
import { expect, test } from 'vitest'
import { xmlText } from './xml-text.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 200 })
const unescape = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name] as string)

test('any text becomes XML text that says the same, less what XML cannot hold', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const written = xmlText(text)
      expect(written).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|apos;)/)
      expect(unescape(written)).toBe([...text].filter((c) => /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(c)).join(''))
    }),
  )
})

test('a limit cuts between characters and is kept to the byte', () => {
  fc.assert(
    fc.property(anyText, fc.nat(60), (text, limit) => {
      const written = xmlText(text, limit)
      expect(Buffer.byteLength(written)).toBeLessThanOrEqual(limit)
      expect(xmlText(text).startsWith(written)).toBe(true)
      expect(written).toBe(Buffer.from(written).toString())
    }),
  )
})
