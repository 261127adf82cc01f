import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import en from '../words/en.json' with { type: 'json' }
import { reasonToRead, written } from './house-reasons.ts'

test('what the house wrote is said in the reader’s language, with its numbers and names', () => {
  expect(reasonToRead('The order was paid already.', 'de')).toBe('Die Bestellung war bereits bezahlt.')
  expect(reasonToRead('Widened: CM-2026-7K3QX9MB takes its place.', 'de')).toBe('Erweitert: CM-2026-7K3QX9MB tritt an ihre Stelle.')
  expect(reasonToRead('The payment is disputed (dp_1).', 'de')).toBe('Die Zahlung wird bestritten (dp_1).')
  expect(reasonToRead('The order was paid already.', 'en')).toBe('The order was paid already.')
})

test('what a person typed stays as it was typed', () => {
  for (const typed of ['The campaign was cancelled.', 'The order was paid already. Or was it?', ''])
    expect(reasonToRead(typed, 'de')).toBe(typed)
  expect(reasonToRead(null, 'de')).toBeNull()
})

test('the catalogue says the same in English', () => expect(written).toEqual(en.told))

test('each of these sentences is written somewhere, word by word', () => {
  const services = path.resolve(import.meta.dirname, '../..')
  const sources = ['commerce', 'licensing', 'assets']
    .flatMap((folder) => readdirSync(path.join(services, folder)).map((file) => path.join(folder, file)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(services, file), 'utf8'))
    .join('\n')
    .replace(/\$\{[^}]*\}/g, '{}')
  expect(Object.values(written).filter((sentence) => !sources.includes(sentence.replace(/\{\w+\}/g, '{}')))).toEqual([])
})
