import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export interface Keys {
  accessKeyId: string
  secretAccessKey: string
  region: string
}
export interface SignedRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string>
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
const furthestApartMs = 15 * 60_000

/** AWS Signature Version 4, checked as the server does: null when it holds, otherwise S3's word for what is wrong. */
export function checkSignature(
  request: SignedRequest,
  keys: Keys,
  now: Date,
): 'AccessDenied' | 'InvalidAccessKeyId' | 'SignatureDoesNotMatch' | 'RequestTimeTooSkewed' | null {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    )
  if (!parts) return 'AccessDenied'
  const [, accessKeyId, day = '', region = '', names = '', signature = ''] = parts
  if (accessKeyId !== keys.accessKeyId) return 'InvalidAccessKeyId'
  const stamp = request.headers['x-amz-date'] ?? ''
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(at - now.getTime()) <= furthestApartMs) || !stamp.startsWith(day)) return 'RequestTimeTooSkewed'
  const signed = names.split(';')
  if (!signed.includes('host')) return 'AccessDenied'
  const query = [...request.query]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const headers = signed.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('')
  const canonical = [request.method, request.path, query, headers, names, request.headers['x-amz-content-sha256'] ?? ''].join('\n')
  const scope = `${day}/${keys.region}/s3/aws4_request`
  if (region !== keys.region) return 'SignatureDoesNotMatch'
  const key = hmac(hmac(hmac(hmac(`AWS4${keys.secretAccessKey}`, day), region), 's3'), 'aws4_request')
  const expected = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n'))
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? null : 'SignatureDoesNotMatch'
}
