import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type Part,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'
import { isRefusal, Refusal } from '../../kernel/errors.ts'
import { assertKey } from './keys.ts'
import { Tallies, tallyOf, untilBroken, type Pieces } from './pieces.ts'
import { TooLarge } from './storage.ts'

/** S3 takes no part but the last under 5 MiB; 8 MiB times its 10,000 parts is 80 GB. */
const partSize = 8 * 1024 * 1024
const smallest = 5 * 1024 * 1024

const named = (error: unknown, ...names: string[]): boolean => names.includes((error as { name?: string }).name ?? '')

/**
 * A multipart upload that waits for its next part: the token is its UploadId. Bytes that make no whole part when the sender
 * leaves are not held; the sender is told from where to go on.
 */
export function s3Pieces(client: S3Client, bucket: string, open: (key: string) => Promise<Readable>): Pieces {
  const at = (key: string) => ({ Bucket: bucket, Key: assertKey(key) })
  const tallies = new Tallies()

  async function partsOf(key: string, token: string): Promise<Part[]> {
    const parts: Part[] = []
    let marker: string | undefined
    do {
      const page = await client
        .send(new ListPartsCommand({ ...at(key), UploadId: token, ...(marker ? { PartNumberMarker: marker } : {}) }))
        .catch((error: unknown) => {
          throw named(error, 'NoSuchUpload') ? new Refusal('not-found', 'nothing in pieces') : error
        })
      parts.push(...(page.Parts ?? []))
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined
    } while (marker)
    return parts
  }
  const sizeOf = (parts: Part[]): number => parts.reduce((sum, { Size = 0 }) => sum + Size, 0)

  return {
    async begin(key) {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(at(key)))
      if (!UploadId) throw new Error('S3 began an upload without an id')
      return UploadId
    },
    held: async (key, token) => sizeOf(await partsOf(key, token)),
    async append(key, token, offset, source, { total, signal }) {
      const parts = await partsOf(key, token)
      let held = sizeOf(parts)
      if (held !== offset) throw new Refusal('malformed', `${held} bytes are held, not ${offset}`)
      let number = parts.length
      let gathered: Buffer[] = []
      let size = 0
      const tally = tallies.take(key, offset)
      const send = async () => {
        const Body = Buffer.concat(gathered)
        await client.send(new UploadPartCommand({ ...at(key), UploadId: token, PartNumber: ++number, Body }))
        tally?.take(Body)
        held += Body.length
        gathered = []
        size = 0
      }
      try {
        for await (const chunk of untilBroken(source, signal).bytes()) {
          if (held + size + chunk.length > total) throw new TooLarge(total)
          gathered.push(chunk)
          size += chunk.length
          if (size >= partSize) await send()
        }
        if (size >= smallest || (size > 0 && held + size === total)) await send()
      } finally {
        tallies.keep(key, tally, held)
      }
      return held
    },
    async seal(key, token) {
      const parts = await partsOf(key, token).catch((error: unknown) => {
        if (isRefusal(error)) return null
        throw error
      })
      // Completed before, by a process that did not live to say so.
      if (!parts) return tallyOf(await open(key))
      const known = tallies.take(key, sizeOf(parts))
      if (parts.length === 0) {
        // A multipart upload of nothing cannot be completed; an empty object can be put.
        await client.send(new AbortMultipartUploadCommand({ ...at(key), UploadId: token }))
        await client.send(new PutObjectCommand({ ...at(key), Body: new Uint8Array() }))
      } else {
        const Parts = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }))
        await client.send(new CompleteMultipartUploadCommand({ ...at(key), UploadId: token, MultipartUpload: { Parts } }))
      }
      return known ? known.result() : tallyOf(await open(key))
    },
    async abandon(key, token) {
      await client.send(new AbortMultipartUploadCommand({ ...at(key), UploadId: token })).catch((error: unknown) => {
        if (!named(error, 'NoSuchUpload')) throw error
      })
    },
  }
}
