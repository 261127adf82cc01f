import { searchFor } from './offered.server.ts'
import type { Chosen } from './use-examples.server.ts'
import { formatMoney } from '#services/kernel/money.ts'
import type { Language } from '#services/kernel/language.ts'
import { coverageOf, type Way } from '#services/licensing/rules/coverage.ts'
import { termsOfCase, understand, type UnderstoodUse, type Words } from '#services/licensing/rules/use-case.ts'
import type { When } from '#services/rights/rules/known.ts'
import { reasonsInWords } from '#services/rights/rules/reason-words.ts'
import { describeScope, type ScopeRow } from '#services/rights/rules/scope-words.ts'
import { boxOf } from '#services/rights/rules/scope.ts'
import { scopeChoices, type ScopeChoices } from '#services/rights/rules/vocabulary/choices.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import { territories } from '#services/rights/rules/vocabulary/territories.ts'
import type { Vocabulary } from '#services/rights/rules/vocabulary/vocabulary.ts'

/** What somebody typed, and how they corrected what was made of it. */
interface CaseAsked {
  text: string
  /** Null: the sentence speaks for itself. */
  corrected: { media: string[]; territory: string[] } | null
}
export interface OwnCase {
  text: string
  understood: UnderstoodUse
  /** For correcting it. */
  choices: Pick<ScopeChoices, 'media' | 'areas' | 'regions' | 'countries'>
  /** Null where nothing could be made of the words. */
  answer: {
    covered: 'choice' | 'licence' | null
    scope: ScopeRow[]
    add: { to: string; kind: Way['kind']; extra: string } | null
    why: string[]
  } | null
}

const codes = (words: Vocabulary, sent: string[]) => [...new Set(sent)].filter((code) => words.setOf(code)).slice(0, 20)

/** The case that an address holds; null for none. A sentence that was typed anew is read anew. */
export function readCase(search: URLSearchParams): CaseAsked | null {
  const text = (search.get('case') ?? '').trim().slice(0, 300)
  if (text === '') return null
  const corrected = search.get('caseRead') === text
  return {
    text,
    corrected: corrected
      ? { media: codes(media, search.getAll('caseMedia')), territory: codes(territories, search.getAll('casePlace')) }
      : null,
  }
}

/** Whether the case asks for something alone: then plain sales stand in its way too, and must be read. */
export const caseAsksAlone = (asked: CaseAsked | null, language: Language): boolean =>
  asked !== null && understand(asked.text, wordsIn(language), '2000-01-01').exclusive

const vocabularies = new Map<Language, Words>()
function wordsIn(language: Language): Words {
  const known = vocabularies.get(language)
  if (known) return known
  const { media: uses, areas, regions, countries } = scopeChoices(language)
  const words = { media: uses.flatMap(({ options, ...group }) => [group, ...options]), places: [...areas, ...regions, ...countries] }
  vocabularies.set(language, words)
  return words
}

/** "May I also print it on mugs in Poland?": what was understood, and the answer of the gate to it. */
export function caseAnswered(choice: Chosen, asked: CaseAsked | null, when: When, language: Language): OwnCase | null {
  if (!asked) return null
  const read = understand(asked.text, wordsIn(language), choice.terms.from)
  const understood = asked.corrected ? { ...read, ...asked.corrected } : read
  const { media: uses, areas, regions, countries } = scopeChoices(language)
  const wanted = termsOfCase(understood, choice.terms)
  return { text: asked.text, understood, choices: { media: uses, areas, regions, countries }, answer: wanted && answerTo() }

  function answerTo(): OwnCase['answer'] {
    const use = wanted as NonNullable<typeof wanted>
    const { by, way, reasons } = coverageOf(choice, use, when)
    return {
      covered: by,
      scope: describeScope(use, language),
      add: way && { to: searchFor(way.model, way.terms), kind: way.kind, extra: formatMoney(way.extra, language) },
      why: reasonsInWords(reasons, boxOf(use), { zone: use.zone }, language),
    }
  }
}
