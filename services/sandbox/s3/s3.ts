import { createHash, randomUUID } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '#services/platform/clock.ts'
import { checkSignature, type Keys } from './signature.ts'

export interface S3Sandbox {
  url: string
  /** What is stored, for tests: key → bytes. */
  objects: Map<string, Buffer>
  /** Multipart uploads that were neither completed nor given up. */
  openUploads(): number
  close(): Promise<void>
}
interface Asked {
  method: string
  key: string
  query: URLSearchParams
  headers: Record<string, string>
  body: Buffer
}
interface Answer {
  status: number
  headers?: Record<string, string>
  body?: Buffer | string
}

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`
const smallestPart = 5 * 1024 * 1024

/** Failures leave the work by this; the server turns them into S3's XML. */
class S3Error extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code)
  }
}

/**
 * A bucket in memory that is as strict as S3 where it matters to us: every signature and every declared body hash is checked,
 * ranges are answered exactly, parts of a multipart upload have their least size, and only a completed upload is an object.
 */
export async function startS3({
  bucket,
  largestCopy = 5 * 1024 ** 3,
  ...keys
}: Keys & { bucket: string; largestCopy?: number }): Promise<S3Sandbox> {
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, { key: string; parts: Map<number, Buffer> }>()

  const found = (key: string): Buffer => {
    const bytes = objects.get(key)
    if (!bytes) throw new S3Error(404, 'NoSuchKey')
    return bytes
  }

  /** A page of a thousand, as S3 gives them. */
  function listParts({ key, query }: Asked): Answer {
    const upload = uploads.get(query.get('uploadId') ?? '')
    if (upload?.key !== key) throw new S3Error(404, 'NoSuchUpload')
    const after = Number(query.get('part-number-marker') ?? 0)
    const rest = [...upload.parts].filter(([number]) => number > after).sort(([a], [b]) => a - b)
    const page = rest.slice(0, 1000)
    const parts = page.map(
      ([number, bytes]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etagOf(bytes)}</ETag><Size>${bytes.length}</Size></Part>`,
    )
    const more = rest.length > page.length
    const marker = more ? `<NextPartNumberMarker>${page.at(-1)?.[0]}</NextPartNumberMarker>` : ''
    return { status: 200, body: `<ListPartsResult><IsTruncated>${more}</IsTruncated>${marker}${parts.join('')}</ListPartsResult>` }
  }

  function get(asked: Asked): Answer {
    const { method, key, headers, query } = asked
    if (query.has('uploadId')) return listParts(asked)
    const bytes = found(key)
    const common = { etag: etagOf(bytes), 'accept-ranges': 'bytes', 'content-type': 'application/octet-stream' }
    const range = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '')
    const whole = {
      status: 200,
      headers: { ...common, 'content-length': String(bytes.length) },
      ...(method === 'GET' ? { body: bytes } : {}),
    }
    if (!range || (range[1] === '' && range[2] === '')) return whole
    const start = range[1] === '' ? Math.max(0, bytes.length - Number(range[2])) : Number(range[1])
    const end = range[1] === '' || range[2] === '' ? bytes.length - 1 : Math.min(Number(range[2]), bytes.length - 1)
    if (start > end) throw new S3Error(416, 'InvalidRange')
    const part = bytes.subarray(start, end + 1)
    return {
      status: 206,
      headers: { ...common, 'content-length': String(part.length), 'content-range': `bytes ${start}-${end}/${bytes.length}` },
      ...(method === 'GET' ? { body: part } : {}),
    }
  }

  /** What a request copies of another object, whole or in part. */
  function copiedBytes(headers: Asked['headers']): Buffer | undefined {
    const source = headers['x-amz-copy-source']
    if (!source) return undefined
    const bytes = found(decodeURIComponent(source).replace(new RegExp(`^/?${bucket}/`), ''))
    const range = /^bytes=(\d+)-(\d+)$/.exec(headers['x-amz-copy-source-range'] ?? '')
    if (range && Number(range[2]) >= bytes.length) throw new S3Error(416, 'InvalidRange')
    return Buffer.from(range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes)
  }

  function put({ key, query, headers, body }: Asked): Answer {
    const copied = copiedBytes(headers)
    if (copied && copied.length > largestCopy) throw new S3Error(400, 'InvalidRequest')
    const bytes = copied ?? body
    const uploadId = query.get('uploadId')
    const upload = uploads.get(uploadId ?? '')
    if (uploadId && upload?.key !== key) throw new S3Error(404, 'NoSuchUpload')
    if (upload) upload.parts.set(Number(query.get('partNumber')), bytes)
    else objects.set(key, bytes)
    const result = upload ? 'CopyPartResult' : 'CopyObjectResult'
    if (copied) return { status: 200, body: `<${result}><ETag>${etagOf(bytes)}</ETag></${result}>` }
    return { status: 200, headers: { etag: etagOf(bytes) } }
  }

  function complete({ key, query, body }: Asked): Answer {
    const uploadId = query.get('uploadId') ?? ''
    const upload = uploads.get(uploadId)
    if (upload?.key !== key) throw new S3Error(404, 'NoSuchUpload')
    const named = [...body.toString().matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
      etag: /<ETag>(.*?)</.exec(part)?.[1]?.replaceAll('&quot;', '"'),
    }))
    const parts = named.map(({ number, etag }, index) => {
      const bytes = upload.parts.get(number)
      if (!bytes || etagOf(bytes) !== etag) throw new S3Error(400, 'InvalidPart')
      if (index > 0 && number <= (named[index - 1]?.number ?? 0)) throw new S3Error(400, 'InvalidPartOrder')
      if (index < named.length - 1 && bytes.length < smallestPart) throw new S3Error(400, 'EntityTooSmall')
      return bytes
    })
    uploads.delete(uploadId)
    objects.set(key, Buffer.concat(parts))
    return { status: 200, body: `<CompleteMultipartUploadResult><ETag>"${randomUUID()}"</ETag></CompleteMultipartUploadResult>` }
  }

  function post(asked: Asked): Answer {
    if (!asked.query.has('uploads')) return complete(asked)
    const uploadId = randomUUID()
    uploads.set(uploadId, { key: asked.key, parts: new Map() })
    return {
      status: 200,
      body: `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${asked.key}</Key><UploadId>${uploadId}</UploadId></InitiateMultipartUploadResult>`,
    }
  }

  function remove({ key, query }: Asked): Answer {
    const uploadId = query.get('uploadId')
    if (uploadId ? !uploads.delete(uploadId) : false) throw new S3Error(404, 'NoSuchUpload')
    if (!uploadId) objects.delete(key)
    return { status: 204 }
  }

  function answer(path: string, asked: Omit<Asked, 'key'>): Answer {
    const wrong = checkSignature({ ...asked, path }, keys, systemClock.now())
    if (wrong) throw new S3Error(403, wrong)
    const declared = asked.headers['x-amz-content-sha256'] ?? ''
    if (/^[0-9a-f]{64}$/.test(declared) && createHash('sha256').update(asked.body).digest('hex') !== declared)
      throw new S3Error(400, 'XAmzContentSHA256Mismatch')
    // A body framed in aws-chunked would be stored with its frames: refused, so that nobody sends one unnoticed.
    if (/aws-chunked/.test(asked.headers['content-encoding'] ?? '')) throw new S3Error(501, 'NotImplemented')
    const [, name = '', ...rest] = path.split('/')
    if (name !== bucket) throw new S3Error(404, 'NoSuchBucket')
    const key = decodeURIComponent(rest.join('/'))
    if (key === '') return { status: asked.method === 'HEAD' ? 200 : 501 }
    const verbs: Record<string, (one: Asked) => Answer> = { GET: get, HEAD: get, PUT: put, POST: post, DELETE: remove }
    const verb = verbs[asked.method]
    if (!verb) throw new S3Error(405, 'MethodNotAllowed')
    return verb({ ...asked, key })
  }

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const url = new URL(request.url ?? '/', 'http://s3.sandbox')
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
        let said: Answer
        try {
          said = answer(url.pathname, { method: request.method ?? 'GET', query: url.searchParams, headers, body: Buffer.concat(chunks) })
        } catch (error) {
          if (!(error instanceof S3Error)) throw error
          said = {
            status: error.status,
            body: request.method === 'HEAD' ? '' : `<Error><Code>${error.code}</Code><Message>${error.code}</Message></Error>`,
          }
        }
        const type = typeof said.body === 'string' && said.body !== '' ? { 'content-type': 'application/xml' } : {}
        response.writeHead(said.status, { ...type, ...said.headers }).end(said.body)
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    openUploads: () => uploads.size,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
