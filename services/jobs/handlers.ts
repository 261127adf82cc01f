import { z } from 'zod'
import { sendResetJob, sendResetPayload, sweepJob } from '../accounts/jobs.ts'
import { sendReset } from '../accounts/passwords.ts'
import { sweepAccounts } from '../accounts/sweeps.ts'
import { deriveJob, derivePayload, printVersionsJob, sweepUploadsJob } from '../assets/jobs.ts'
import { runDue } from '../assets/due.ts'
import { deriveVersion, sweepWaiting } from '../assets/processing.ts'
import { sweepUploads } from '../assets/uploads.ts'
import { carryBulkEdit, resumeBulkEdits } from '../assets/bulk-carrying.ts'
import { bulkEditJob, bulkEditPayload, resumeBulkEditsJob, rewordJob, rewordPayload } from '../assets/jobs.ts'
import { reword } from '../assets/term-merging.ts'
import { clearanceJobs, runListPayload } from '../clearance/jobs.ts'
import { runList, sweepLists } from '../clearance/runs.ts'
import { checkMirror, tendMirror } from '../catalog/search-engines.ts'
import { sendSearch, sendSearchJob, sendSearchPayload } from '../catalog/search-mirror.ts'
import { checkSearch, foldSearch, tendSearch } from '../catalog/search-index.ts'
import { sweepCarts } from '../commerce/carts.ts'
import { handleEvent } from '../commerce/events.ts'
import { renderInvoice } from '../commerce/invoices.ts'
import { commerceJobs, handleEventPayload, refundPayload, renderInvoicePayload } from '../commerce/jobs.ts'
import { carryOutChange, resumeChanges } from '../desk/change-carrying.ts'
import { carryOutPayload, changeJobs } from '../desk/change-jobs.ts'
import { verifyTrail } from '../compliance/audit.ts'
import { pruneWorklist, settleAll } from '../desk/settling.ts'
import { reconcile } from '../commerce/reconcile.ts'
import { runRefund } from '../commerce/refunds.ts'
import { writeImport } from '../exchange/applying.ts'
import { checkImport, sweepImports } from '../exchange/checking.ts'
import { exchangeJobs, importPayload } from '../exchange/jobs.ts'
import { carryOutRun, resumeRuns, resumeRunsJob, runJob, runPayload } from '../catalog/library-runs.ts'
import { foldLibrary, tendLibrary } from '../catalog/library-search.ts'
import { sweepSelections } from '../assets/selections.ts'
import { addToBox } from '../lightboxes/items.ts'
import { intakeJobs } from '../intake/jobs.ts'
import { sweepSendings } from '../intake/sendings.ts'
import { sweepBoxes } from '../lightboxes/lightboxes.ts'
import { renderCertificate, renderCertificateJob, renderCertificatePayload } from '../licensing/certificates.ts'
import { expireDue } from '../licensing/standing.ts'
import { remindOfBriefs } from '../notifications/brief-letters.ts'
import { lightboxDigestJob, lightboxDigestPayload, tellOwner } from '../notifications/lightbox-letters.ts'
import { mailPayload, notificationJobs } from '../notifications/jobs.ts'
import { resendLetters, sendLetter } from '../notifications/mails.ts'
import { tellOfTheWeek } from '../notifications/desk-letters.ts'
import { remindOfEndings } from '../notifications/reminders.ts'
import { tellOfNews } from '../notifications/saved-search-letters.ts'
import { expireWithRights } from '../retention/ended-rights.ts'
import { purgeDue, removePurged } from '../retention/purging.ts'
import { runPolicies } from '../retention/runs.ts'
import { printAndFlag } from '../rights/lookalikes.ts'
import { replayRecent } from '../rights/replay.ts'
import { reviewJobs } from '../review/jobs.ts'
import { tendReviews } from '../review/tending.ts'
import { lookPayload, suggestionJobs } from '../suggestions/jobs.ts'
import { lookAt, sweepUnread } from '../suggestions/reading.ts'
import { everyHouse } from './houses.ts'
import { on, type Handler } from './job.ts'
import { react, reactPayload } from './react.ts'

/** What the clock starts has no payload of its own. */
const nothing = z.unknown()

/** Job → operation, one line each. Names are data: they outlive code. */
export const handlers: Record<string, Handler> = {
  'jobs.react': on(reactPayload, react),

  [sendResetJob]: on(sendResetPayload, sendReset),
  [sweepJob]: on(nothing, sweepAccounts),

  [deriveJob]: on(derivePayload, deriveVersion),
  [sweepUploadsJob]: on(nothing, (ctx) => sweepUploads(ctx)),
  'assets.run-due': on(nothing, (ctx) => everyHouse(ctx, 'assets.run-due', runDue)),
  'assets.sweep-waiting': on(nothing, (ctx) => sweepWaiting(ctx)),
  [bulkEditJob]: on(bulkEditPayload, carryBulkEdit),
  [resumeBulkEditsJob]: on(nothing, (ctx) => resumeBulkEdits(ctx)),
  [rewordJob]: on(rewordPayload, (ctx, what) => reword(ctx, what)),

  [printVersionsJob]: on(nothing, (ctx) => printAndFlag(ctx)),
  'rights.replay-recent': on(nothing, (ctx) => everyHouse(ctx, 'night replay of decisions', replayRecent)),
  'compliance.verify-trail': on(nothing, (ctx) => everyHouse(ctx, 'night walk of the trail', verifyTrail)),

  'catalog.fold-library': on(nothing, (ctx) => everyHouse(ctx, 'catalog.fold-library', (house) => foldLibrary(house, house.actor.houseId))),
  'catalog.tend-library': on(nothing, (ctx) => everyHouse(ctx, 'catalog.tend-library', (house) => tendLibrary(house, house.actor.houseId))),
  [runJob]: on(runPayload, (ctx, run) => carryOutRun(ctx, run, { lightbox: (acting, input) => addToBox(acting, null, input) })),
  [resumeRunsJob]: on(nothing, (ctx) => resumeRuns(ctx)),
  'assets.sweep-selections': on(nothing, (ctx) => sweepSelections(ctx)),
  'catalog.fold-search': on(nothing, (ctx) => everyHouse(ctx, 'catalog.fold-search', (house) => foldSearch(house, house.actor.houseId))),
  [sendSearchJob]: on(sendSearchPayload, sendSearch),
  'catalog.tend-mirror': on(nothing, (ctx) => everyHouse(ctx, 'catalog.tend-mirror', (house) => tendMirror(house, house.actor.houseId))),
  'catalog.check-mirror': on(nothing, (ctx) => everyHouse(ctx, 'catalog.check-mirror', (house) => checkMirror(house, house.actor.houseId))),
  'catalog.check-search': on(nothing, (ctx) => everyHouse(ctx, 'catalog.check-search', (house) => checkSearch(house, house.actor.houseId))),
  'catalog.tend-search': on(nothing, (ctx) => everyHouse(ctx, 'catalog.tend-search', (house) => tendSearch(house, house.actor.houseId))),

  [renderCertificateJob]: on(renderCertificatePayload, renderCertificate),
  'licensing.expire-due': on(nothing, (ctx) => expireDue(ctx)),

  [commerceJobs.handleEvent]: on(handleEventPayload, (ctx, { eventId }) => handleEvent(ctx, eventId)),
  [commerceJobs.refund]: on(refundPayload, (ctx, { refundId }) => runRefund(ctx, refundId)),
  [commerceJobs.renderInvoice]: on(renderInvoicePayload, (ctx, { invoiceId }) => renderInvoice(ctx, invoiceId)),
  [commerceJobs.reconcile]: on(nothing, reconcile),
  [commerceJobs.sweepCarts]: on(nothing, (ctx) => sweepCarts(ctx)),

  [intakeJobs.sweepSendings]: on(nothing, (ctx) => sweepSendings(ctx)),
  'notifications.briefs-due': on(nothing, (ctx) => everyHouse(ctx, 'notifications.briefs-due', remindOfBriefs)),

  [changeJobs.carryOut]: on(carryOutPayload, carryOutChange),
  [changeJobs.resume]: on(nothing, (ctx) => resumeChanges(ctx)),

  [suggestionJobs.look]: on(lookPayload, lookAt),
  [suggestionJobs.sweep]: on(nothing, (ctx) => sweepUnread(ctx)),

  [reviewJobs.tend]: on(nothing, (ctx) => everyHouse(ctx, reviewJobs.tend, tendReviews)),

  [clearanceJobs.run]: on(runListPayload, runList),
  [clearanceJobs.sweep]: on(nothing, (ctx) => everyHouse(ctx, clearanceJobs.sweep, sweepLists)),

  [exchangeJobs.check]: on(importPayload, checkImport),
  [exchangeJobs.apply]: on(importPayload, writeImport),
  [exchangeJobs.sweep]: on(nothing, (ctx) => sweepImports(ctx)),

  'retention.run-policies': on(nothing, (ctx) => everyHouse(ctx, 'retention.run-policies', runPolicies)),
  'retention.expire-with-rights': on(nothing, (ctx) => everyHouse(ctx, 'retention.expire-with-rights', expireWithRights)),
  'retention.purge': on(nothing, (ctx) => everyHouse(ctx, 'retention.purge', purgeDue)),
  'retention.remove-purged': on(nothing, (ctx) => removePurged(ctx)),

  'desk.settle-worklist': on(nothing, (ctx) => everyHouse(ctx, 'desk.settle-worklist', settleAll)),
  'desk.prune-worklist': on(nothing, (ctx) => everyHouse(ctx, 'desk.prune-worklist', pruneWorklist)),

  [lightboxDigestJob]: on(lightboxDigestPayload, tellOwner),
  'lightboxes.sweep': on(nothing, (ctx) => sweepBoxes(ctx)),

  [notificationJobs.mail]: on(mailPayload, sendLetter),
  [notificationJobs.resend]: on(nothing, (ctx) => resendLetters(ctx)),
  'notifications.desk-week': on(nothing, (ctx) => everyHouse(ctx, 'notifications.desk-week', tellOfTheWeek)),
  'notifications.saved-searches': on(nothing, (ctx) => everyHouse(ctx, 'notifications.saved-searches', tellOfNews)),
  [notificationJobs.remind]: on(nothing, (ctx) => everyHouse(ctx, notificationJobs.remind, remindOfEndings)),
}
