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
  // Who looks at the library takes in what was just done; this is for imports, and for libraries that nobody opens.
  at('* * * * *', 'catalog.fold-library', 2 * minute),
  at('47 3 * * *', 'catalog.tend-library', 24 * hour),
  at('*/5 * * * *', 'catalog.resume-library-acts', 10 * minute),
  at('11 4 * * *', 'assets.sweep-selections', 24 * hour),
  at('37 3 * * *', 'catalog.tend-search', 24 * hour),
  // The second engine hears of changes as they commit; this is for what it was away for, and makes its first copy.
  at('* * * * *', 'catalog.tend-mirror', 2 * minute),
  at('27 4 * * *', 'catalog.check-mirror', 24 * hour),
  at('7 4 * * *', 'catalog.check-search', 24 * hour),
  // Who opens the worklist looks at what changed just then; this is for a night's import, and for calendars that nobody opens.
  at('* * * * *', 'desk.settle-worklist', 2 * minute),
  at('37 3 * * *', 'desk.prune-worklist', 24 * hour),
  at('*/5 * * * *', 'commerce.reconcile', 10 * minute),
  at('*/2 * * * *', 'desk.resume-changes', 10 * minute),
  at('*/2 * * * *', 'assets.resume-bulk-edits', 10 * minute),
  // Reminders and escalations of reviews: a few minutes late is no matter, a day is.
  at('*/5 * * * *', 'review.tend', hour),
  // Hourly, because houses live in different zones and a day begins at a different hour in each.
  at('7 * * * *', 'notifications.remind', 2 * hour),
  // Hourly for the same reason; written once, on Mondays from seven.
  at('9 * * * *', 'notifications.desk-week', 12 * hour),
  at('*/10 * * * *', 'notifications.resend', hour),
  // What is new in kept searches: each hears at the pace that was chosen, at most hourly.
  at('*/10 * * * *', 'notifications.saved-searches', hour),
  // What was planned for this minute: publications and their ends, ends of embargoes and of use.
  at('* * * * *', 'assets.run-due', hour),
  at('37 1 * * *', 'retention.expire-with-rights', 24 * hour),
  at('47 1 * * *', 'retention.run-policies', 24 * hour),
  at('17 3 * * *', 'retention.purge', 24 * hour),
  at('*/10 * * * *', 'retention.remove-purged', hour),
  at('*/15 * * * *', 'assets.sweep-waiting', hour),
  // Prints of older versions, and of all once their algorithm is a new one: some at a time, so that nobody waits for them.
  at('*/2 * * * *', 'assets.print-versions', 10 * minute),
  // What nobody has looked at yet: after an import, and all once the reader is a better one.
  at('*/2 * * * *', 'suggestions.sweep', 10 * minute),
  at('*/2 * * * *', 'clearance.sweep-lists', 10 * minute),
  at('23 * * * *', 'assets.sweep-uploads', 2 * hour),
  // A sender who went without a word is done after a while.
  at('*/10 * * * *', 'intake.sweep-sendings', hour),
  at('11 * * * *', 'notifications.briefs-due', 2 * hour),
  at('*/5 * * * *', 'exchange.sweep-imports', 10 * minute),
  at('41 3 * * *', 'accounts.sweep', 24 * hour),
  at('51 * * * *', 'commerce.sweep-carts', 2 * hour),
  at('53 * * * *', 'lightboxes.sweep', 2 * hour),
  at('37 2 * * *', 'rights.replay-recent', 24 * hour),
  at('17 2 * * *', 'compliance.verify-trail', 24 * hour),
]
