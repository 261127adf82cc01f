import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { Refusal } from '../../kernel/errors.ts'
import { openScratch } from '../scratch.ts'
import { assertKey } from './keys.ts'
import { metered } from './metered.ts'
import { s3Pieces } from './s3-pieces.ts'
import type { Storage } from './storage.ts'

export interface S3Settings {
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** Another provider's address, e.g. of MinIO; the bucket is then a part of the path. */
  endpoint?: string
  /** For tests, that need not move gigabytes or wait for minutes. */
  limits?: Partial<typeof usual>
}

/** S3 copies no more than 5 GiB at once, and films may be larger. Who is not answered within minutes never will be. */
const usual = { copyBytes: 5 * 1024 ** 3, connectMs: 10_000, answerMs: 300_000 }

const missing = (error: unknown): boolean => ['NotFound', 'NoSuchKey'].includes((error as { name?: string }).name ?? '')

/** Objects in a bucket. A multipart upload appears whole or not at all, as a renamed file does. */
export function s3Storage({ bucket, region, accessKeyId, secretAccessKey, endpoint, limits = {} }: S3Settings): Storage {
  const { copyBytes, connectMs, answerMs } = { ...usual, ...limits }
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    // The default (a checksum trailer inside the body) is stored as content by some S3-compatible servers, without an error.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Until an answer begins: how long its bytes then take is the reader's to say, who may be a telephone on a train.
    requestHandler: { connectionTimeout: connectMs, requestTimeout: answerMs, throwOnRequestTimeout: true },
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

  const stat = async (key: string): Promise<{ size: number } | null> => {
    try {
      const { ContentLength = 0 } = await client.send(new HeadObjectCommand(at(key)))
      return { size: ContentLength }
    } catch (error) {
      if (missing(error)) return null
      throw error
    }
  }

  /** A copy in parts, which the bucket makes by itself; without the last word there is none. */
  async function copyInParts(from: string, to: string, size: number): Promise<void> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(at(to)))
    try {
      const parts = await Promise.all(
        Array.from({ length: Math.ceil(size / copyBytes) }, async (_, index) => {
          const range = `bytes=${index * copyBytes}-${Math.min(size, (index + 1) * copyBytes) - 1}`
          const part = { ...at(to), UploadId, PartNumber: index + 1, CopySource: `${bucket}/${assertKey(from)}`, CopySourceRange: range }
          const { CopyPartResult } = await client.send(new UploadPartCopyCommand(part))
          return { PartNumber: part.PartNumber, ETag: CopyPartResult?.ETag }
        }),
      )
      await client.send(new CompleteMultipartUploadCommand({ ...at(to), UploadId, MultipartUpload: { Parts: parts } }))
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand({ ...at(to), UploadId })).catch(() => undefined)
      throw error
    }
  }

  return {
    pieces: s3Pieces(client, bucket, open),
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
    stat,
    async move(from, to) {
      const { size } = (await stat(from)) ?? { size: 0 }
      if (size > copyBytes) await copyInParts(from, to, size)
      else await client.send(new CopyObjectCommand({ ...at(to), CopySource: `${bucket}/${assertKey(from)}` }))
      await client.send(new DeleteObjectCommand(at(from)))
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },
    async localCopy(key) {
      const source = await open(key)
      const { folder, dispose } = await openScratch()
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
