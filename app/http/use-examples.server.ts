import { searchFor } from './offered.server.ts'
import { formatMoney } from '#services/kernel/money.ts'
import type { Language } from '#services/kernel/language.ts'
import { coverageOf, yearFrom, type Choice, type Way } from '#services/licensing/rules/coverage.ts'
import { useInWords } from '#services/licensing/rules/example-words.ts'
import { examplesNear, termsOfExample, type Beyond } from '#services/licensing/rules/use-examples.ts'
import type { When } from '#services/rights/rules/known.ts'
import { boxOf } from '#services/rights/rules/scope.ts'
import { reasonInWords } from '#services/rights/rules/reason-words.ts'

/** One thing that one might do, and how it can be had where the licence does not cover it. */
export interface ExampleLine {
  words: string
  beyond: Beyond | null
  /** Where it leads to, and what it costs more; without a price where that must be asked first. */
  add: { to: string; kind: Way['kind'] | 'ask'; extra: string | null } | null
  /** Why it cannot be had. */
  why: string | null
}
export interface ExampleLines {
  covered: ExampleLine[]
  beyond: ExampleLine[]
}
/** `asksAlone`: plain sales were read too, so that it is known whether something can be had alone. */
export type Chosen = Choice & { asksAlone: boolean }

/** Everyday uses on both sides of the edge of what is chosen, with what each step over it costs. */
export function exampleLines(choice: Chosen, when: When, language: Language): ExampleLines {
  const { covered, beyond } = examplesNear(choice.rights, choice.terms, when)
  return {
    covered: covered.map((use) => ({ words: useInWords(use, language), beyond: null, add: null, why: null })),
    beyond: beyond.map(({ use, beyond: axis }) => {
      const line = { words: useInWords(use, language), beyond: axis }
      const wanted = termsOfExample(use, choice.terms)
      if (use.exclusive && !choice.asksAlone) {
        const alone = choice.model === 'RIGHTS_MANAGED' ? { ...choice.terms, exclusive: true } : { ...wanted, until: yearFrom(wanted.from) }
        // Whether it can be yours alone is asked of all sales: one click further, not on every page.
        const to = choice.sold.includes('RIGHTS_MANAGED') ? searchFor('RIGHTS_MANAGED', alone) : null
        return { ...line, add: to === null ? null : { to, kind: 'ask' as const, extra: null }, why: null }
      }
      const { way, reasons } = coverageOf(choice, wanted, when)
      return {
        ...line,
        add: way && { to: searchFor(way.model, way.terms), kind: way.kind, extra: formatMoney(way.extra, language) },
        why: reasons[0] ? reasonInWords(reasons[0], boxOf(wanted), { zone: wanted.zone }, language) : null,
      }
    }),
  }
}
