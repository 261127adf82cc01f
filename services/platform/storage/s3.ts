import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { Refusal } from '../../kernel/errors.ts'
import { assertKey } from './keys.ts'
import { metered } from './metered.ts'
import type { Storage } from './storage.ts'

export interface S3Settings {
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** Another provider's address, e.g. of MinIO; the bucket is then a part of the path. */
  endpoint?: string
}

const missing = (error: unknown): boolean => ['NotFound', 'NoSuchKey'].includes((error as { name?: string }).name ?? '')

/** Objects in a bucket. A multipart upload appears whole or not at all, as a renamed file does. */
export function s3Storage({ bucket, region, accessKeyId, secretAccessKey, endpoint }: S3Settings): Storage {
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    // The default (a checksum trailer inside the body) is stored as content by some S3-compatible servers, without an error.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
  })
  const at = (key: string) => ({ Bucket: bucket, Key: assertKey(key) })

  async function open(key: string, range?: { start: number; end: number }): Promise<Readable> {
    try {
      const { Body } = await client.send(
        new GetObjectCommand({ ...at(key), ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) }),
      )
      return Body as Readable
    } catch (error) {
      throw missing(error) ? new Refusal('not-found', 'no such object') : error
    }
  }

  return {
    open,
    async put(key, source, { mediaType, limit, signal } = {}) {
      signal?.throwIfAborted()
      const meter = metered(limit)
      const input = source instanceof Uint8Array ? Readable.from([source], { objectMode: false }) : source
      const upload = new Upload({
        client,
        queueSize: 2,
        partSize: 8 * 1024 * 1024,
        leavePartsOnError: false,
        params: { ...at(key), Body: meter.stream, ...(mediaType ? { ContentType: mediaType } : {}) },
      })
      const cancel = () => void upload.abort()
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        // Both sides are awaited: a source that fails must not leave the upload waiting for its end.
        const fed = pipeline(input, meter.stream, signal ? { signal } : {}).catch(async (error: unknown) => {
          await upload.abort()
          throw error
        })
        const [read, sent] = await Promise.allSettled([fed, upload.done()])
        if (read.status === 'rejected') throw read.reason
        if (sent.status === 'rejected') throw sent.reason
        return meter.result()
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    },
    async stat(key) {
      try {
        const { ContentLength = 0 } = await client.send(new HeadObjectCommand(at(key)))
        return { size: ContentLength }
      } catch (error) {
        if (missing(error)) return null
        throw error
      }
    },
    async move(from, to) {
      await client.send(new CopyObjectCommand({ ...at(to), CopySource: `${bucket}/${assertKey(from)}` }))
      await client.send(new DeleteObjectCommand(at(from)))
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },
    async localCopy(key) {
      const source = await open(key)
      const folder = await mkdtemp(path.join(tmpdir(), 'clearmark-object-'))
      const dispose = () => rm(folder, { recursive: true, force: true })
      const copy = path.join(folder, 'object')
      try {
        await pipeline(source, createWriteStream(copy))
      } catch (error) {
        await dispose()
        throw error
      }
      return { path: copy, dispose }
    },
    async healthy() {
      try {
        await client.send(new HeadBucketCommand({ Bucket: bucket }))
        return true
      } catch {
        return false
      }
    },
  }
}
