import { availability, type Openness } from './availability.ts'
import { decide, type Reason, type Use } from './decide.ts'
import { condensed, gridIndustry, type Moment } from './grid.ts'
import type { AssetRights, When } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { nearestTerms, type Axis } from './nearest.ts'
import { reasonInWords } from './reason-words.ts'
import type { ScopeTerms } from './scope.ts'
import { mediumName, placeName } from './scope-words.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

/** Why a cell is not wholly open, with the row that says so. */
export interface CellReason {
  words: string
  row: { kind: 'acquisition' | 'release' | 'restriction' | 'claim' | 'record'; id: string } | null
  /** It stands only in the way of an exclusive licence. */
  exclusiveOnly: boolean
}
/** One cell opened: why it is not open, and what can be had instead. */
export interface Cell {
  media: string
  territory: string
  label: string
  openness: Openness
  reasons: CellReason[]
  /** Further reasons that are not listed. */
  more: number
  /** The cell's own scope, as it can be had as a whole; null where it cannot. */
  terms: ScopeTerms | null
  nearest: { axis: Axis; terms: ScopeTerms }[]
}

const rowOf = ({ cause, id }: Reason): CellReason['row'] => {
  if (id === null) return cause === 'not-answered' ? { kind: 'record', id: '' } : null
  if (cause === 'not-sub-licensable') return { kind: 'acquisition', id }
  if (cause === 'restriction') return { kind: 'restriction', id }
  if (cause === 'editorial-only') return { kind: 'record', id }
  return { kind: cause === 'taken' ? 'claim' : 'release', id }
}
const few = 8

/** Undefined for codes that are no medium or place. `zone` is that of the house, in which the moment's days lie. */
export function cellOf(
  rights: AssetRights,
  moment: Moment,
  when: When,
  zone: string,
  mediaCode: string,
  territoryCode: string,
): Cell | undefined {
  const [m, t] = [media.setOf(mediaCode), territories.setOf(territoryCode)]
  if (!m || !t) return undefined
  const bare = { ...rights, licences: [] }
  const industry = gridIndustry(bare, when.knownAt)
  const box = { media: m, territory: t, industry, period: moment.period }
  const against = (exclusive: boolean) => decide(bare, { box, exclusive, by: 'holder' } satisfies Use, when).reasons
  const say = (reason: Reason, exclusiveOnly: boolean): CellReason => ({
    words: reasonInWords(reason, box, { zone, contracts: true }),
    row: rowOf(reason),
    exclusiveOnly,
  })
  const plain = against(false)
  const alone = against(true).filter((reason) => reason.cause === 'taken' && !reason.exclusive)
  const reasons = [...plain.map((reason) => say(reason, false)), ...alone.map((reason) => say(reason, true))]
  const exclusive = plain.length === 0 && alone.length === 0
  const asked: ScopeTerms = {
    media: [mediaCode],
    territory: { include: [territoryCode] },
    industry: industry.equals(LeafSet.all) ? 'ALL' : industries.codesOf(industry),
    from: moment.from,
    until: moment.until,
    zone,
    exclusive: false,
  }
  const question = { media: [m], territory: [t], industry, period: moment.period, by: 'holder' as const }
  return {
    media: mediaCode,
    territory: territoryCode,
    label: `${mediumName(mediaCode)}, ${placeName(territoryCode)}`,
    openness: availability(condensed(bare, when.knownAt), question, when)[0]?.[0] ?? 'blocked',
    reasons: reasons.slice(0, few),
    more: Math.max(0, reasons.length - few),
    terms: plain.length > 0 ? null : { ...asked, exclusive },
    nearest:
      plain.length === 0
        ? []
        : nearestTerms(condensed(bare, when.knownAt), asked, { by: 'holder' }, when).map(({ axis, terms }) => ({ axis, terms })),
  }
}
