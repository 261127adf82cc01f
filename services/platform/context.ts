import type { Actor } from '../kernel/actor.ts'
import type { Language } from '../kernel/language.ts'
import type { Clock } from './clock.ts'
import type { Db } from './db.ts'
import type { Log } from './log.ts'
import type { Mail } from './mail/mail.ts'
import type { Media } from './media/media.ts'
import type { Payments } from './payments/payments.ts'
import type { Pdf } from './pdf/pdf.ts'
import type { SecondSearch } from './search/circuit.ts'
import type { Signer } from './signer.ts'
import type { Storage } from './storage/storage.ts'
import type { Tagger } from './tagger/tagger.ts'

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
  /** What pictures might be described by; the local one unless another is plugged in. */
  tagger: Tagger
  signer: Signer
  /** The search engine beside the database, where one is configured. */
  search: SecondSearch | null
  /** The public origin, without a slash at its end, e.g. `https://brand.example`. */
  origin: string
  /** In which language sentences come out: a request's by its address and reader, English for jobs. */
  language: Language
  /** A request's or job's id, for logs and evidence. */
  requestId: string
}

/** The part of the context that one operation uses; its signature says which. */
export type Ctx<K extends keyof Context> = Pick<Context, K>
