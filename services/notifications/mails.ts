import { confidentialLetters, isLetterName } from '#emails/props.ts'
import { renderLetter } from '#emails/render.ts'
import { newId } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { enqueue } from '../platform/queue.ts'
import { notificationJobs, type MailPayload } from './jobs.ts'

type MailCtx = Ctx<'db' | 'clock' | 'mail' | 'log'>

/** A relay gets this long to take a letter (platform/mail/smtp.ts gives up earlier); after it the sender is taken for dead. */
const sendingMs = 2 * 60_000

/**
 * Send one promised letter. Its row, unique by key, makes it one: a second job finds the row and leaves. The row is written
 * before the letter goes, so a crash between the two sends it again, under the same Message-ID.
 */
export async function sendLetter(
  ctx: MailCtx,
  { houseId, template, key, to, toUserId, props }: MailPayload,
): Promise<'sent' | 'sent-before'> {
  if (!isLetterName(template)) throw new Error(`there is no letter "${template}"`)
  const { subject, html, text } = await renderLetter(template, props)
  const at = ctx.clock.now()
  const { count: isNew } = await ctx.db.mailMessage.createMany({
    data: {
      id: newId('eml', at),
      houseId,
      key,
      toAddress: to,
      toUserId: toUserId ?? null,
      template,
      subject,
      props: props as Prisma.InputJsonObject,
      createdAt: at,
    },
    skipDuplicates: true,
  })
  if (isNew === 0 && (await takeOver(ctx, key, at)) === 'sent-before') return 'sent-before'
  try {
    const stop = typeof props.stopUrl === 'string' ? { stopUrl: props.stopUrl } : {}
    await ctx.mail.send({ to, subject, html, text, key, ...stop })
  } catch (error) {
    await ctx.db.mailMessage.update({
      where: { key },
      data: { lastError: error instanceof Error ? error.message.slice(0, 500) : 'unknown' },
    })
    throw error
  }
  const forgotten = confidentialLetters.includes(template) ? { props: {} } : {}
  await ctx.db.mailMessage.update({ where: { key }, data: { sentAt: ctx.clock.now(), lastError: null, ...forgotten } })
  ctx.log.info('mail.sent', { template, key })
  return 'sent'
}

/** Somebody began this letter before: it has left, failed, is leaving now, or its sender died. */
async function takeOver(ctx: MailCtx, key: string, at: Date): Promise<'mine' | 'sent-before'> {
  const row = await ctx.db.mailMessage.findUniqueOrThrow({ where: { key }, select: { sentAt: true, createdAt: true, lastError: true } })
  if (row.sentAt) return 'sent-before'
  if (row.lastError === null && at.getTime() - row.createdAt.getTime() < sendingMs)
    throw new Error(`letter ${key} is being sent by another job`)
  const { count } = await ctx.db.mailMessage.updateMany({
    where: { key, sentAt: null, lastError: row.lastError },
    data: { lastError: 'sending again' },
  })
  if (count === 0) throw new Error(`letter ${key} is being sent by another job`)
  return 'mine'
}

/** Letters that were begun and never left, of the last three days: asked for again. Bounded, run by the timetable. */
export async function resendLetters(ctx: Ctx<'db' | 'clock'>, batch = 200): Promise<number> {
  const now = ctx.clock.now().getTime()
  const stuck = await ctx.db.mailMessage.findMany({
    where: { sentAt: null, createdAt: { lt: new Date(now - 10 * 60_000), gt: new Date(now - 3 * 86_400_000) } },
    select: { houseId: true, template: true, key: true, toAddress: true, toUserId: true, props: true },
    orderBy: { createdAt: 'asc' },
    take: batch,
  })
  for (const { toAddress, ...letter } of stuck)
    await enqueue(ctx, notificationJobs.mail, { ...letter, to: toAddress }, { key: `mail:${letter.key}` })
  return stuck.length
}
