import type { Actor } from '../kernel/actor.ts'
import type { Clock } from './clock.ts'
import type { Db } from './db.ts'
import type { Log } from './log.ts'
import type { Mail } from './mail/mail.ts'
import type { Media } from './media/media.ts'
import type { Payments } from './payments/payments.ts'
import type { Pdf } from './pdf/pdf.ts'
import type { Signer } from './signer.ts'
import type { Storage } from './storage/storage.ts'

/** Everything that an operation may need of the world. Built once a process (`platform/house.ts`), then given an actor. */
export interface Context {
  db: Db
  clock: Clock
  actor: Actor
  log: Log
  storage: Storage
  payments: Payments
  mail: Mail
  media: Media
  pdf: Pdf
  signer: Signer
  /** The public origin, without a slash at its end, e.g. `https://brand.example`. */
  origin: string
  /** A request's or job's id, for logs and evidence. */
  requestId: string
}

/** The part of the context that one operation uses; its signature says which. */
export type Ctx<K extends keyof Context> = Pick<Context, K>
