export interface Policy {
  development: boolean
  https: boolean
  /** Where a form may lead by redirect: the payment page. */
  paymentOrigin: string
}

/** The page's rules for the browser. Scripts run by nonce only; styles may be attributes (a picture's own colour), never elements. */
export function contentSecurityPolicy(nonce: string, { development, https, paymentOrigin }: Policy): string {
  const rules = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' ${development ? "'unsafe-eval'" : "'strict-dynamic'"}`,
    `style-src-elem 'self'${development ? " 'unsafe-inline'" : ''}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "media-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    `form-action 'self' ${paymentOrigin}`,
  ]
  if (https) rules.push('upgrade-insecure-requests')
  return rules.join('; ')
}

/** Headers for every answer; a route that says otherwise (a file with its own policy) is left alone. */
export function harden(headers: Headers, nonce: string, policy: Policy): void {
  const set = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value)
  }
  set('X-Content-Type-Options', 'nosniff')
  set('Referrer-Policy', 'strict-origin-when-cross-origin')
  set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()')
  set('Cross-Origin-Opener-Policy', 'same-origin')
  set('Cross-Origin-Resource-Policy', 'same-origin')
  if (policy.https) set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  if (/text\/html/.test(headers.get('content-type') ?? '')) {
    set('Content-Security-Policy', contentSecurityPolicy(nonce, policy))
    set('Cache-Control', 'private, no-cache')
    // The AIPREF draft knows a header as well as a line of robots.txt, which checkers take for a mistake.
    set('Content-Usage', 'train-ai=n')
  }
}
