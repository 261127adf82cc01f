import { randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { s3Storage } from '#services/platform/storage/s3.ts'
import { storageContract } from '#services/testing/contracts/storage.ts'
import { startS3, type S3Sandbox } from './s3.ts'

const keys = { region: 'eu-central-1', accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the tests' }
let s3: S3Sandbox
beforeAll(async () => void (s3 = await startS3({ ...keys, bucket: 'brand' })))
afterAll(() => s3.close())
const storage = (more: object = {}) => s3Storage({ ...keys, bucket: 'brand', endpoint: s3.url, ...more })

storageContract('files in S3', () => storage())

describe('the bucket', () => {
  test('keeps no parts of uploads that were given up', () => expect(s3.openUploads()).toBe(0))

  test('an object that is too large for one copy is moved in parts, and as it was', async () => {
    const copyBytes = 6 * 1024 * 1024
    const strict = await startS3({ ...keys, bucket: 'brand', largestCopy: copyBytes })
    const films = s3Storage({ ...keys, bucket: 'brand', endpoint: strict.url, limits: { copyBytes } })
    const film = randomBytes(2 * copyBytes + 1)
    await films.put('upload/film', film)
    await films.move('upload/film', 'original/film')
    expect(film.equals(await buffer(await films.open('original/film')))).toBe(true)
    expect([...strict.objects.keys()]).toEqual(['original/film'])
    expect(strict.openUploads()).toBe(0)
    await strict.close()
  })

  test('that does not answer is not waited for', async () => {
    const silent = http.createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    expect(await storage({ endpoint, limits: { answerMs: 50 } }).healthy()).toBe(false)
    silent.closeAllConnections()
    silent.close()
  })

  test('turns a wrong key, a wrong secret and a wrong bucket away', async () => {
    const bytes = Buffer.from('x')
    await expect(storage({ accessKeyId: 'AKIAOTHER' }).put('a', bytes)).rejects.toThrow('InvalidAccessKeyId')
    await expect(storage({ secretAccessKey: 'another' }).put('a', bytes)).rejects.toThrow('SignatureDoesNotMatch')
    expect(await storage({ bucket: 'other' }).healthy()).toBe(false)
  })

  test('does not take what was changed on the way', async () => {
    const response = await fetch(`${s3.url}/brand/a`, { method: 'PUT', body: 'x', headers: { authorization: 'AWS4-HMAC-SHA256 nonsense' } })
    expect(response.status).toBe(403)
    expect(s3.objects.has('a')).toBe(false)
  })
})
