import { searchFor } from './offered.server.ts'
import type { contextOf } from './context.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { formatMoney } from '#services/kernel/money.ts'
import type { Language } from '#services/kernel/language.ts'
import { isPerson } from '#services/kernel/actor.ts'
import { heldTerms, type HeldTerms } from '#services/licensing/held-terms.ts'
import type { NarrowerDetail, Quote, QuoteError } from '#services/licensing/quotes.ts'
import { modelName } from '#services/licensing/rules/models.ts'
import type { AssetRights } from '#services/rights/rules/known.ts'
import { describeScope, summariseScope, type ScopeRow } from '#services/rights/rules/scope-words.ts'

/** A licence in force of the asker's company, and the way to make it wider. */
export interface HeldLine {
  id: string
  number: string
  summary: string
  /** Null where there is nothing wider to sell. */
  widen: string | null
}
export interface Widening {
  id: string
  number: string
  before: ScopeRow[]
  after: ScopeRow[]
  credit: string | null
  due: string | null
  /** Why it cannot be priced as it stands. */
  open: string | null
}

type Asking = Awaited<ReturnType<typeof contextOf>>

/** What the asker's company holds of a picture; nothing is read for those who hold nothing. */
export async function heldLines(
  ctx: Asking,
  { licences }: AssetRights,
  widen: string | null,
): Promise<{ lines: HeldLine[]; widened: HeldTerms | null }> {
  if (licences.length === 0 || !isPerson(ctx.actor)) return { lines: [], widened: null }
  const held = await heldTerms(
    ctx,
    licences.map(({ id }) => id),
    widen,
  )
  const lines = held.map((one) => ({
    id: one.id,
    number: one.number,
    summary: one.model === 'RIGHTS_MANAGED' ? summariseScope(one.terms, ctx.language) : modelName(one.model, ctx.language),
    widen: widenSearch(one),
  }))
  return { lines, widened: held.find(({ id }) => id === widen) ?? null }
}

/** Where a licence of the asker's company is made wider; null where it was not bought, or nothing wider is sold. */
export async function wayToWiden(ctx: Asking, { id, asset }: { id: string; asset: { id: string } }): Promise<string | null> {
  const [held] = await heldTerms(ctx, [id])
  const search = held ? widenSearch(held) : null
  return search && `/assets/${asset.id}${search}`
}

const widenSearch = ({ id, model, terms, bought }: HeldTerms): string | null =>
  bought && model !== 'ROYALTY_FREE_EXTENDED' ? `${widerStart({ model, terms })}&widen=${id}` : null

/** The answers to begin with: what is held, or of a royalty-free licence the next wider one. */
const widerStart = ({ model, terms }: Pick<HeldTerms, 'model' | 'terms'>): string =>
  model === 'RIGHTS_MANAGED' ? searchFor('RIGHTS_MANAGED', terms) : searchFor('ROYALTY_FREE_EXTENDED', terms)

/** Before and after, and what the difference costs. */
export function widening(
  held: HeldTerms,
  quote: Quote | null,
  refused: { error: QuoteError; detail?: unknown } | null,
  language: Language,
): Widening {
  const t = wordsOf(language, 'licence')
  const short = refused?.error === 'narrower-than-held' ? (refused.detail as NarrowerDetail | undefined)?.shortOf : undefined
  const open = refused
    ? short
      ? t('widen.narrower', { axes: short.map((axis) => t(`short.${axis}`)).join(', ') })
      : t(`open.${refused.error}`)
    : quote
      ? null
      : t('widen.answer')
  return {
    id: held.id,
    number: held.number,
    before: describeScope(held.terms, language),
    after: quote ? describeScope(quote.terms, language) : [],
    credit: quote?.upgrade ? formatMoney(quote.upgrade.credit, language) : null,
    due: quote ? formatMoney(quote.total, language) : null,
    open,
  }
}
