import type { CronItem } from 'graphile-worker'

const minute = 60_000
const hour = 60 * minute

/**
 * The clock → work. One pending job a key, however many workers keep time; a worker that was away runs the last slot that
 * it missed. None of this grants or ends a right: what has ended has ended without the sweep that writes it down.
 */
const at = (match: string, task: string, missedWithin: number): CronItem => ({
  match,
  task,
  identifier: task,
  options: { jobKey: `timetable:${task}`, jobKeyMode: 'preserve_run_at', backfillPeriod: missedWithin, maxAttempts: 3 },
})

export const timetable: CronItem[] = [
  at('* * * * *', 'licensing.expire-due', 2 * minute),
  // Searches see every change at once; folded in, they see it faster.
  at('* * * * *', 'catalog.fold-search', 2 * minute),
  at('37 3 * * *', 'catalog.tend-search', 24 * hour),
  // Who opens the worklist looks at what changed just then; this is for a night's import, and for calendars that nobody opens.
  at('* * * * *', 'desk.settle-worklist', 2 * minute),
  at('37 3 * * *', 'desk.prune-worklist', 24 * hour),
  at('*/5 * * * *', 'commerce.reconcile', 10 * minute),
  at('*/2 * * * *', 'desk.resume-changes', 10 * minute),
  // Hourly, because houses live in different zones and a day begins at a different hour in each.
  at('7 * * * *', 'notifications.remind', 2 * hour),
  // Hourly for the same reason; written once, on Mondays from seven.
  at('9 * * * *', 'notifications.desk-week', 12 * hour),
  at('*/10 * * * *', 'notifications.resend', hour),
  at('*/15 * * * *', 'assets.sweep-waiting', hour),
  at('*/2 * * * *', 'clearance.sweep-lists', 10 * minute),
  at('23 * * * *', 'assets.sweep-uploads', 2 * hour),
  at('*/5 * * * *', 'exchange.sweep-imports', 10 * minute),
  at('41 3 * * *', 'accounts.sweep', 24 * hour),
  at('51 * * * *', 'commerce.sweep-carts', 2 * hour),
  at('37 2 * * *', 'rights.replay-recent', 24 * hour),
  at('17 2 * * *', 'compliance.verify-trail', 24 * hour),
]
