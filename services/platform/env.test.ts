import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

const good = {
  NODE_ENV: 'production', DATABASE_URL: 'postgresql://u:p@db.example.com/c', ORIGIN: 'https://brand.example.com/', STORAGE_DIR: '/files', STRIPE_SECRET_KEY: 'rk_live_abc',
  STRIPE_WEBHOOK_SECRETS: 'whsec_0123456789abcdef0123456789', SMTP_URL: 'smtps://u:p@smtp.example.com:465', MAIL_FROM: 'Portal <portal@example.com>', SIGNING_KEY: '-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----',
}
const problemsOf = (changes: Record<string, string | undefined>) => {
  const read = readEnv({ ...good, ...changes })
  return read.ok ? [] : read.problems
}

test('a complete environment is read, with its lists and line breaks', () => {
  const read = readEnv({ ...good, STRIPE_WEBHOOK_SECRETS: `${good.STRIPE_WEBHOOK_SECRETS}, whsec_9876543210fedcba9876543210` })
  expect(read.ok && [read.env.ORIGIN, read.env.STRIPE_WEBHOOK_SECRETS.length, read.env.SIGNING_KEY.split('\n').length]).toEqual(['https://brand.example.com', 2, 3])
})

test('everything that is missing is said at once', () => {
  const read = readEnv({})
  expect(!read.ok && ['DATABASE_URL', 'ORIGIN', 'STRIPE_SECRET_KEY', 'SMTP_URL', 'SIGNING_KEY'].every((name) => read.problems.includes(`${name} is missing.`))).toBe(true)
})

test.each([
  ['the sandbox', { STRIPE_SANDBOX_URL: 'http://127.0.0.1:3002' }, /STRIPE_SANDBOX_URL/],
  ['a test key', { STRIPE_SECRET_KEY: 'sk_test_abc' }, /not a live key/],
  ['no encryption', { ORIGIN: 'http://brand.example.com' }, /https/],
  ['no place for files', { STORAGE_DIR: undefined }, /where files live/],
  ['a bucket without keys', { S3_BUCKET: 'b' }, /S3_ACCESS_KEY_ID/],
  ['a mail inbox on this machine', { SMTP_URL: 'smtp://127.0.0.1:1025' }, /SMTP_URL/],
  ['a sender nobody can answer', { MAIL_FROM: 'Clearmark <no-reply@localhost>' }, /MAIL_FROM/],
  ['a key that is none', { SIGNING_KEY: 'secret' }, /SIGNING_KEY/],
  ['a search server without its key', { TYPESENSE_URL: 'http://search.internal:8108' }, /TYPESENSE_API_KEY/],
  ['a clock that runs ahead', { CLOCK_AHEAD_MS: '1000' }, /CLOCK_AHEAD_MS/],
])('production refuses %s', (_what, change, says) => {
  expect(problemsOf(change).join(' ')).toMatch(says)
})

test('a local mail relay is accepted when it is said to be one', () => {
  expect(problemsOf({ SMTP_URL: 'smtp://127.0.0.1:25', SMTP_LOCAL_RELAY: '1' })).toEqual([])
})
