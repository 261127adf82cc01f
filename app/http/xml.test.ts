import fc from 'fast-check'
import { expect, test } from 'vitest'
import { xmlText } from './xml.server.ts'

test('no text can close an element, open one, or end an attribute', () =>
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(xmlText(text)).not.toMatch(/[<>'"]|&(?!#\d+;)/))))

test('signs that XML cannot hold are left out, and what was escaped is read back', () => {
  expect(xmlText('a\u0000b\u001bc\ufffed\te')).toBe('abcd\te')
  const back = (text: string) => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
  expect(back(xmlText('Tom & "Jerry" <i>’s</i>'))).toBe('Tom & "Jerry" <i>’s</i>')
})
