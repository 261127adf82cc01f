import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultPriceBook } from '#services/licensing/defaults/price-book.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { scopeTerms } from '#services/rights/schema.ts'
import { questionsOf, readAnswers, searchOf, termsOf } from './use-questions.server.ts'

const today = '2026-11-21'
const zone = 'Europe/Berlin'
const read = (search: string) => readAnswers(new URLSearchParams(search), today)

test('four answers make a scope, and its last day is the day before the span is over', () => {
  const answers = read('model=RIGHTS_MANAGED&media=billboard&territory=DE&territory=FR&from=2027-01-31&months=1&exclusive=ALL')
  expect(termsOf(answers, zone)).toEqual({
    media: ['billboard'],
    territory: { include: ['DE', 'FR'] },
    industry: 'ALL',
    from: '2027-01-31',
    until: '2027-02-27',
    zone,
    exclusive: true,
  })
})

test('while a question is open there is no scope', () => {
  expect(termsOf(read('media=billboard'), zone)).toBeNull()
  expect(termsOf(read('territory=DE'), zone)).toBeNull()
  expect(termsOf(read('media=billboard&territory=DE&except=DE'), zone)).toBeNull()
})

test('what is unknown or unreadable falls back to the plainest answer', () => {
  const answers = read('model=FREE&media=piracy&territory=ATLANTIS&from=1999-01-01&months=7&exclusive=nobody')
  const sizes = { printRun: null, pixels: null, widen: null }
  expect(answers).toEqual({
    model: null,
    media: [],
    territory: [],
    except: [],
    from: today,
    months: 12,
    until: null,
    exclusive: '',
    ...sizes,
  })
  expect(read('from=2099-01-01').from).toBe(today)
  expect(read('from=2026-02-31').from).toBe(today)
})

test('what was offered instead can be asked by its address, and the form shows it', () => {
  const terms = {
    media: ['billboard', 'social-paid'],
    territory: { include: ['WORLD'], except: ['JP'] },
    industry: 'ALL' as const,
    from: '2027-01-01',
    until: '2027-03-04',
    zone,
    exclusive: true,
  }
  const answers = read(searchOf(terms).slice(1))
  expect(termsOf(answers, zone)).toEqual(terms)
  const questions = questionsOf(answers, today)
  expect(questions.answers.except).toEqual(['JP'])
  expect(questions.spans[0]).toEqual({ value: '', label: 'until 4 March 2027' })
})

test('a span that is chosen anew replaces the day that was offered', () => {
  expect(read('from=2027-01-01&until=2027-03-04&months=6').until).toBeNull()
})

test('every code that an address may name can be chosen', () => {
  const { choices, answers } = questionsOf(read('media=billboard&territory=DE&territory=EU27&territory=M49:155'), today)
  const places = [...choices.areas, ...choices.regions, ...choices.countries].map(({ value }) => value)
  expect(answers.territory.filter((code) => !places.includes(code))).toEqual([])
  expect(choices.media.flatMap(({ options }) => options).map(({ value }) => value)).toContain('billboard')
})
test('whatever an address says, the scope is one that the house understands', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('billboard', 'ALL', 'WORLD', 'DE', 'DACH', '2027-01-01', '12', 'beverages', ''))
  const name = fc.constantFrom('model', 'media', 'territory', 'except', 'from', 'months', 'until', 'exclusive')
  fc.assert(
    fc.property(fc.array(fc.tuple(name, word), { maxLength: 12 }), (pairs) => {
      const terms = termsOf(readAnswers(new URLSearchParams(pairs), today), zone)
      if (terms) expect(scopeTerms.safeParse(terms).success).toBe(true)
    }),
  )
})

test('a size is kept where the media have it, and shown among the steps of the book', () => {
  const answers = read('media=leaflet&territory=DE&printRun=2500&pixels=2048')
  expect(termsOf(answers, zone)?.limits).toEqual({ printRun: 2500 })
  expect(termsOf(read('media=leaflet&media=social&territory=DE&printRun=2500'), zone)?.limits).toBeUndefined()
  expect(termsOf(read('media=social&territory=DE&pixels=2048'), zone)?.limits).toEqual({ pixels: 2048 })
  expect(read('media=social&pixels=1000').pixels).toBeNull()
  const [size] = questionsOf(answers, today, defaultPriceBook).sizes
  expect(size?.kind).toBe('printRun')
  expect(size?.options.map(({ value }) => value)).toEqual(['1000', '2500', '10000', '100000', '1000000', ''])
  expect(read(searchOf(termsOf(answers, zone) as ScopeTerms).slice(1)).printRun).toBe(2500)
})
