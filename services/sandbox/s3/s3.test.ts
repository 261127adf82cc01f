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
