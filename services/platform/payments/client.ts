import Stripe from 'stripe'

/** The API version that stripe 23.1.0 was generated from; the webhook endpoint must be set to the same one. */
export const apiVersion = '2026-10-28.endive'

export interface StripeSettings {
  secretKey: string
  /** Signing secrets of the webhook endpoint; more than one while a secret is being replaced. */
  webhookSecrets: readonly string[]
  production: boolean
  /** The local payment sandbox. Refused in production, off this machine, and together with a live key. */
  sandboxUrl?: string
  timeoutMs?: number
}

export const isLiveKey = (key: string): boolean => /^(sk|rk)_live_/.test(key)

/** The one client of the process: the SDK makes the encoding, the retries (twice, under one idempotency key) and the time limit. */
export function stripeClient({ secretKey, production, sandboxUrl, timeoutMs = 20_000 }: StripeSettings): Stripe {
  const common = { apiVersion, maxNetworkRetries: 2, timeout: timeoutMs, telemetry: false } as const
  if (!sandboxUrl) return new Stripe(secretKey, common)
  const { hostname, port } = new URL(sandboxUrl)
  if (production) throw new Error('the payment sandbox must not be used in production')
  if (!/^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname)) throw new Error('the payment sandbox must be on this machine')
  if (!secretKey.startsWith('sk_test_')) throw new Error('the payment sandbox takes test keys only')
  return new Stripe(secretKey, { ...common, host: hostname, port, protocol: 'http' })
}
