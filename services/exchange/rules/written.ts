import { addDays, dayOf, endOfDay, startOfDay, type Day } from '../../kernel/period.ts'
import type { Box } from '../../rights/rules/box.ts'
import { LeafSet } from '../../rights/rules/leaf-set.ts'
import { boxOf, limitKinds, type ScopeTerms } from '../../rights/rules/scope.ts'
import { industries } from '../../rights/rules/vocabulary/industries.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import { guarded } from './cells.ts'
import { columns } from './columns.ts'
import type { RightsLine } from './lines.ts'
import type { TableKind } from './kinds.ts'

export const sameBox = (a: Box, b: Box): boolean =>
  a.media.equals(b.media) &&
  a.territory.equals(b.territory) &&
  a.industry.equals(b.industry) &&
  a.period.from.getTime() === b.period.from.getTime() &&
  a.period.to?.getTime() === b.period.to?.getTime()

/**
 * Terms that say a box. Those that were agreed, where they still mean the same; else the fewest codes and days that do. What
 * no code says exactly (a span within a day, all media but one) is told `inward`, so that nothing is held or consented to
 * that was not, or `outward`, so that nothing barred or sold falls free.
 */
export function termsOfBox(box: Box, agreed: ScopeTerms | null, zone: string, exclusive: boolean, lean: 'inward' | 'outward'): ScopeTerms {
  if (agreed && sameBox(boxOf(agreed), box)) return { ...agreed, exclusive }
  const days = [zone, 'UTC'].map((one) => daysOf(box, one)).find((one) => one.exact) ?? daysOf(box, zone, lean)
  const leaves = (words: typeof media, set: LeafSet): string[] => {
    const codes = words.codesOf(set)
    return lean === 'inward' || (codes.length > 0 && words.resolve(codes).covers(set)) ? codes : [words.all]
  }
  const industry = leaves(industries, box.industry)
  return {
    media: leaves(media, box.media),
    territory: places(box.territory, lean),
    industry: industry[0] === 'ALL' ? 'ALL' : industry,
    from: days.from,
    until: days.until,
    zone: days.zone,
    exclusive,
  }
}

function places(set: LeafSet, lean: 'inward' | 'outward'): ScopeTerms['territory'] {
  const rest = LeafSet.all.difference(set)
  if (set.isOpen && !rest.isEmpty) {
    const except = territories.codesOf(rest)
    if (territories.resolve(except).equals(rest)) return { include: ['WORLD'], except }
  }
  const include = territories.codesOf(set)
  return lean === 'outward' && !territories.resolve(include).covers(set) ? { include: ['WORLD'] } : { include }
}

const early = new Date('1000-01-02T00:00:00Z')

function daysOf(box: Box, zone: string, lean?: 'inward' | 'outward'): { from: Day; until: Day | null; zone: string; exact: boolean } {
  const { period } = box
  const began = period.from < early ? '1000-01-01' : dayOf(period.from, zone)
  const ended = period.to === null ? null : addDays(dayOf(new Date(period.to.getTime() - 1), zone), 0)
  const startsWhole = period.from < early || startOfDay(began, zone).getTime() === period.from.getTime()
  const endsWhole = ended === null || endOfDay(ended, zone).getTime() === period.to?.getTime()
  const from = lean === 'inward' && !startsWhole ? addDays(began, 1) : began
  const until = lean === 'inward' && !endsWhole && ended !== null ? addDays(ended, -1) : ended
  return { from, until, zone, exact: startsWhole && endsWhole }
}

const yes = (is: boolean): string => (is ? 'yes' : 'no')

const scopeCells = (terms: ScopeTerms): Record<string, string> => ({
  media: terms.media.join('|'),
  territory: terms.territory.include.join('|') + (terms.territory.except?.length ? ` except ${terms.territory.except.join('|')}` : ''),
  industry: terms.industry === 'ALL' ? '' : terms.industry.join('|'),
  from: terms.from,
  until: terms.until ?? '',
  zone: terms.zone,
})

function ownCells(line: RightsLine): Record<string, string> {
  switch (line.kind) {
    case 'ACQUISITIONS':
      return {
        contract: line.contract,
        licensor: line.licensor,
        sub_licensable: yes(line.subLicensable),
        exclusive: yes(line.terms.exclusive),
        replaces: yes(line.replaces),
      }
    case 'RELEASES':
      return {
        kind: line.of,
        status: line.status,
        reference: line.reference,
        minor: yes(line.minor),
        guardian: line.guardian ?? '',
        ai_uses: yes(line.aiUses),
        sensitive: line.sensitive.join('|'),
        replaces: yes(line.replaces),
      }
    case 'RESTRICTIONS':
      return { kind: line.of, reason: line.reason, reference: line.reference ?? '', replaces: yes(line.replaces) }
    case 'SALES':
      return {
        shop: line.shop,
        reference: line.reference,
        holder: line.holder,
        sold_at: line.soldAt.toISOString(),
        exclusive: yes(line.terms.exclusive),
        limits: limitKinds
          .flatMap((kind) => (line.terms.limits?.[kind] === undefined ? [] : `${kind}=${line.terms.limits[kind]}`))
          .join('|'),
      }
  }
}

/** A line as the cells of its kind's columns: reading them gives the line again. */
export function writeLine(line: RightsLine, title = ''): string[] {
  const cells: Record<string, string> = { asset: line.asset, title, ...scopeCells(line.terms), ...ownCells(line) }
  return columns[line.kind].map(({ name }) => guarded(cells[name] ?? ''))
}

export const headerOf = (kind: TableKind): string[] => columns[kind].map(({ name }) => name)
