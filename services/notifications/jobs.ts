import { z } from 'zod'
import type { LetterName, LetterProps } from '#emails/props.ts'
import type { Ctx } from '../platform/context.ts'
import { enqueue } from '../platform/queue.ts'

/** Names and payloads of this domain's work in the background. */
export const notificationJobs = { mail: 'notifications.mail', resend: 'notifications.resend', remind: 'notifications.remind' } as const

export const mailPayload = z.object({
  houseId: z.string(),
  template: z.string(),
  /** One letter a key, for ever. */
  key: z.string().min(1).max(300),
  to: z.string().min(3).max(320),
  toUserId: z.string().nullish(),
  props: z.record(z.string(), z.unknown()),
})
export type MailPayload = z.infer<typeof mailPayload>

/** Promise a letter in the caller's transaction. */
export async function askForLetter<N extends LetterName>(
  tx: Ctx<'db' | 'actor'>,
  template: N,
  letter: { key: string; to: { userId: string | null; email: string }; props: LetterProps[N] },
): Promise<void> {
  const payload: MailPayload = {
    houseId: tx.actor.houseId,
    template,
    key: letter.key,
    to: letter.to.email,
    toUserId: letter.to.userId,
    props: letter.props,
  }
  await enqueue(tx, notificationJobs.mail, payload, { key: `mail:${letter.key}` })
}
