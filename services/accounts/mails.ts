import type { Language } from '../kernel/language.ts'
import type { Ctx } from '../platform/context.ts'
import { enqueue } from '../platform/queue.ts'

/** The mails that this domain asks for, with what each needs. Their words are in emails/. */
interface Letters {
  invitation: { language: Language; name: string | null; inviterName: string; orgName: string; houseName: string; url: string; expiresAt: string }
  'password-reset': { language: Language; name: string; url: string; expiresAt: string }
  welcome: { language: Language; name: string; orgName: string; url: string }
}

/** Promise a mail in the caller's transaction; the key makes it one, however often the job runs. */
export async function askForMail<T extends keyof Letters>(
  tx: Ctx<'db' | 'actor'>,
  template: T,
  { key, to, props }: { key: string; to: string; props: Letters[T] },
): Promise<void> {
  await enqueue(tx, 'notifications.mail', { houseId: tx.actor.houseId, template, key, to, props })
}
