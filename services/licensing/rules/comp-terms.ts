import { addDays, type Day } from '../../kernel/period.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'

/** Days that a layout licence runs where the house has not said otherwise, and the most that it may say. */
export const usualCompDays = 30
const mostCompDays = 90
/** A comp is renewed in its last days, or after its end: before, it has days enough. */
export const renewableSpan = 10 * 86_400_000

/** The house's setting `compDays`, within sense. */
export function compDaysOf(settings: unknown): number {
  const said = (settings as { compDays?: unknown } | null)?.compDays
  return typeof said === 'number' && Number.isInteger(said) && said >= 1 ? Math.min(said, mostCompDays) : usualCompDays
}

/** Layouts and presentations that are not published, anywhere, for some days: today is the first. */
export const compTerms = (today: Day, days: number, zone: string): ScopeTerms => ({
  media: ['layout-comp'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: today,
  until: addDays(today, days - 1),
  zone,
  exclusive: false,
})

/** Whether a comp may be renewed now. */
export const isRenewable = ({ endsAt }: { endsAt: Date | null }, now: Date): boolean =>
  endsAt !== null && endsAt.getTime() - now.getTime() <= renewableSpan
