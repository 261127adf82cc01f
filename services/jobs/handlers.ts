import { z } from 'zod'
import { sendResetJob, sendResetPayload, sweepJob } from '../accounts/jobs.ts'
import { sendReset } from '../accounts/passwords.ts'
import { sweepAccounts } from '../accounts/sweeps.ts'
import { deriveJob, derivePayload, sweepUploadsJob } from '../assets/jobs.ts'
import { deriveVersion, sweepWaiting } from '../assets/processing.ts'
import { sweepUploads } from '../assets/uploads.ts'
import { clearanceJobs, runListPayload } from '../clearance/jobs.ts'
import { runList, sweepLists } from '../clearance/runs.ts'
import { foldSearch, tendSearch } from '../catalog/search-index.ts'
import { sweepCarts } from '../commerce/carts.ts'
import { handleEvent } from '../commerce/events.ts'
import { renderInvoice } from '../commerce/invoices.ts'
import { commerceJobs, handleEventPayload, refundPayload, renderInvoicePayload, settlePayload } from '../commerce/jobs.ts'
import { carryOutChange, resumeChanges } from '../desk/change-carrying.ts'
import { carryOutPayload, changeJobs } from '../desk/change-jobs.ts'
import { verifyTrail } from '../compliance/audit.ts'
import { pruneWorklist, settleAll } from '../desk/settling.ts'
import { reconcile } from '../commerce/reconcile.ts'
import { runRefund } from '../commerce/refunds.ts'
import { settleOrder } from '../commerce/settle.ts'
import { writeImport } from '../exchange/applying.ts'
import { checkImport, sweepImports } from '../exchange/checking.ts'
import { exchangeJobs, importPayload } from '../exchange/jobs.ts'
import { renderCertificate, renderCertificateJob, renderCertificatePayload } from '../licensing/certificates.ts'
import { expireDue } from '../licensing/standing.ts'
import { mailPayload, notificationJobs } from '../notifications/jobs.ts'
import { resendLetters, sendLetter } from '../notifications/mails.ts'
import { tellOfTheWeek } from '../notifications/desk-letters.ts'
import { remindOfEndings } from '../notifications/reminders.ts'
import { replayRecent } from '../rights/replay.ts'
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
  'assets.sweep-waiting': on(nothing, (ctx) => sweepWaiting(ctx)),

  'rights.replay-recent': on(nothing, (ctx) => everyHouse(ctx, 'night replay of decisions', replayRecent)),
  'compliance.verify-trail': on(nothing, (ctx) => everyHouse(ctx, 'night walk of the trail', verifyTrail)),

  'catalog.fold-search': on(nothing, (ctx) => everyHouse(ctx, 'catalog.fold-search', (house) => foldSearch(house, house.actor.houseId))),
  'catalog.tend-search': on(nothing, (ctx) => everyHouse(ctx, 'catalog.tend-search', (house) => tendSearch(house, house.actor.houseId))),

  [renderCertificateJob]: on(renderCertificatePayload, renderCertificate),
  'licensing.expire-due': on(nothing, (ctx) => expireDue(ctx)),

  [commerceJobs.handleEvent]: on(handleEventPayload, (ctx, { eventId }) => handleEvent(ctx, eventId)),
  [commerceJobs.settle]: on(settlePayload, (ctx, { orderId }) => settleOrder(ctx, orderId)),
  [commerceJobs.refund]: on(refundPayload, (ctx, { refundId }) => runRefund(ctx, refundId)),
  [commerceJobs.renderInvoice]: on(renderInvoicePayload, (ctx, { invoiceId }) => renderInvoice(ctx, invoiceId)),
  [commerceJobs.reconcile]: on(nothing, reconcile),
  [commerceJobs.sweepCarts]: on(nothing, (ctx) => sweepCarts(ctx)),

  [changeJobs.carryOut]: on(carryOutPayload, carryOutChange),
  [changeJobs.resume]: on(nothing, (ctx) => resumeChanges(ctx)),

  [clearanceJobs.run]: on(runListPayload, runList),
  [clearanceJobs.sweep]: on(nothing, (ctx) => everyHouse(ctx, clearanceJobs.sweep, sweepLists)),

  [exchangeJobs.check]: on(importPayload, checkImport),
  [exchangeJobs.apply]: on(importPayload, writeImport),
  [exchangeJobs.sweep]: on(nothing, (ctx) => sweepImports(ctx)),

  'desk.settle-worklist': on(nothing, (ctx) => everyHouse(ctx, 'desk.settle-worklist', settleAll)),
  'desk.prune-worklist': on(nothing, (ctx) => everyHouse(ctx, 'desk.prune-worklist', pruneWorklist)),

  [notificationJobs.mail]: on(mailPayload, sendLetter),
  [notificationJobs.resend]: on(nothing, (ctx) => resendLetters(ctx)),
  'notifications.desk-week': on(nothing, (ctx) => everyHouse(ctx, 'notifications.desk-week', tellOfTheWeek)),
  [notificationJobs.remind]: on(nothing, (ctx) => everyHouse(ctx, notificationJobs.remind, remindOfEndings)),
}
