import { delimiter } from 'node:path'
import { z } from 'zod'

/** What a process may be told from outside. Read once; everything else takes values, not variables. `.env.example` explains each. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** `local`: started by our own demo, dev or test scripts, with stand-ins for the outside. Never in production. */
  CLEARMARK_MODE: z.enum(['local', 'production']).default('production'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
  ORIGIN: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, '')),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** How many reverse proxies stand in front: that many entries of X-Forwarded-For are believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  STORAGE_DIR: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('eu-central-1'),
  S3_ENDPOINT: z.url().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  STRIPE_SECRET_KEY: z.string(),
  /** Signing secrets of the webhook endpoint, separated by commas while one is being replaced. */
  STRIPE_WEBHOOK_SECRETS: z.string().transform((list) => list.split(',').map((secret) => secret.trim()).filter(Boolean)),
  STRIPE_SANDBOX_URL: z.url().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  /** Set to 1 where a mail relay on this very machine is meant. */
  SMTP_LOCAL_RELAY: z.string().optional(),
  MAIL_FROM: z.string().default('Clearmark <no-reply@localhost>'),
  /** A Typesense server that answers searches; Postgres does where none is named, and where it is away. */
  TYPESENSE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TYPESENSE_API_KEY: z.string().optional(),
  /** Begins the names of all our collections there. */
  TYPESENSE_PREFIX: z.string().regex(/^[a-z0-9_-]{1,40}$/).default('clearmark'),
  /** Ed25519 private key, PKCS #8 PEM; `\n` may be written for line breaks. */
  SIGNING_KEY: z.string().transform((pem) => pem.replaceAll('\\n', '\n')),
  /** Milliseconds by which a local process lives ahead of time, so that a journey can see a licence end. Never in production. */
  CLOCK_AHEAD_MS: z.coerce.number().int().min(0).default(0),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(50).default(4),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})
export type Env = z.infer<typeof schema>

/** What is unsafe though well-formed, when real money and real people are at stake. */
function unsafe(env: Env): string[] {
  if (env.CLEARMARK_MODE === 'local') return []
  const problems: string[] = []
  const say = (wrong: boolean, text: string) => void (wrong && problems.push(text))
  say(!env.ORIGIN.startsWith('https://'), 'ORIGIN must start with https:// (cookies are secure, links in mails must be).')
  say(env.CLOCK_AHEAD_MS !== 0, 'CLOCK_AHEAD_MS is set: production lives in the present.')
  say(env.STRIPE_SANDBOX_URL !== undefined, 'STRIPE_SANDBOX_URL is set: the payment sandbox is for demonstrations and tests only.')
  say(!/^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY), 'STRIPE_SECRET_KEY is not a live key (sk_live_… or, better, a restricted rk_live_…).')
  say(env.STRIPE_WEBHOOK_SECRETS.length === 0 || env.STRIPE_WEBHOOK_SECRETS.some((secret) => secret.length < 24), 'STRIPE_WEBHOOK_SECRETS needs the signing secret (whsec_…) of the webhook endpoint.')
  say(!env.STORAGE_DIR && !env.S3_BUCKET, 'Say where files live: S3_BUCKET (with its keys), or STORAGE_DIR on a disk that is backed up.')
  say(Boolean(env.S3_BUCKET) && !(env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY), 'S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.')
  say(/localhost|127\.0\.0\.1/.test(env.SMTP_URL) && !env.SMTP_LOCAL_RELAY, 'SMTP_URL names this machine. If that is a real mail relay, set SMTP_LOCAL_RELAY=1.')
  say(/@localhost>?$/.test(env.MAIL_FROM), 'MAIL_FROM still has no real address.')
  say(Boolean(env.TYPESENSE_URL) !== Boolean(env.TYPESENSE_API_KEY), 'TYPESENSE_URL and TYPESENSE_API_KEY go together: set both, or neither.')
  say(!env.SIGNING_KEY.includes('PRIVATE KEY'), 'SIGNING_KEY must be an Ed25519 private key in PEM (make one: openssl genpkey -algorithm ed25519).')
  return problems
}

/** Where programs of this machine are looked for (ffmpeg). `FFMPEG=off` leaves films without it, whatever is installed. */
export const searchPath = (source: Record<string, string | undefined> = process.env): string[] =>
  source.FFMPEG === 'off' ? [] : (source.PATH ?? '').split(delimiter).filter(Boolean)

/** Every problem at once, in words, so that an operator mends the lot in one go. */
export function readEnv(source: Record<string, string | undefined> = process.env): { ok: true; env: Env } | { ok: false; problems: string[] } {
  const parsed = schema.safeParse(source)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.')
      return source[name] === undefined ? `${name} is missing.` : `${name}: ${issue.message}.`
    })
    return { ok: false, problems }
  }
  const problems = unsafe(parsed.data)
  return problems.length ? { ok: false, problems } : { ok: true, env: parsed.data }
}
