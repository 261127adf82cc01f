import { connect, type PrismaClient } from './db.ts'
import type { Context } from './context.ts'
import { clockAhead, systemClock, type Clock } from './clock.ts'
import type { Env } from './env.ts'
import { jsonLog, type Log } from './log.ts'
import { smtpMail } from './mail/smtp.ts'
import { childMedia } from './media/child-media.ts'
import { stripePayments } from './payments/stripe.ts'
import { pdfkitPdf } from './pdf/pdfkit.ts'
import { Circuit } from './search/circuit.ts'
import { typesenseServer } from './search/typesense.ts'
import { makeSigner } from './signer.ts'
import { localStorage } from './storage/local.ts'
import { s3Storage } from './storage/s3.ts'
import { localTagger } from './tagger/local-tagger.ts'

export type HousePorts = Omit<Context, 'actor' | 'requestId'> & { db: PrismaClient }

/** The process's share of the world: built once, handed to each request and job with its actor. */
export interface House {
  context: HousePorts
  env: Env
  close(): Promise<void>
}

const storageOf = (env: Env) => {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId = '', S3_SECRET_ACCESS_KEY: secretAccessKey = '' } = env
  return bucket
    ? s3Storage({ bucket, region, accessKeyId, secretAccessKey, ...(endpoint ? { endpoint } : {}) })
    : localStorage(env.STORAGE_DIR ?? '.local/files')
}

const searchOf = ({ TYPESENSE_URL: url, TYPESENSE_API_KEY: apiKey, TYPESENSE_PREFIX: prefix }: Env, clock: Clock, log: Log) =>
  url && apiKey ? { server: typesenseServer({ url, apiKey, prefix }), circuit: new Circuit(clock, log) } : null

/** The real ports, chosen by what the environment says. Opens no connection before the first use. */
export function buildHouse(env: Env, log: Log = jsonLog(env.LOG_LEVEL, { pid: process.pid })): House {
  const db = connect(env.DATABASE_URL, env.DATABASE_POOL)
  const clock = env.CLOCK_AHEAD_MS ? clockAhead(env.CLOCK_AHEAD_MS) : systemClock
  const search = searchOf(env, clock, log)
  const context: HousePorts = {
    db,
    log,
    clock,
    search,
    storage: storageOf(env),
    payments: stripePayments({
      secretKey: env.STRIPE_SECRET_KEY,
      webhookSecrets: env.STRIPE_WEBHOOK_SECRETS,
      production: env.CLEARMARK_MODE === 'production',
      ...(env.STRIPE_SANDBOX_URL ? { sandboxUrl: env.STRIPE_SANDBOX_URL } : {}),
    }),
    mail: smtpMail({ url: env.SMTP_URL, from: env.MAIL_FROM }),
    media: childMedia(),
    pdf: pdfkitPdf(),
    tagger: localTagger(),
    signer: makeSigner(env.SIGNING_KEY),
    origin: env.ORIGIN,
    language: 'en',
  }
  return {
    context,
    env,
    close: async () => {
      search?.server.close()
      await db.$disconnect()
    },
  }
}
