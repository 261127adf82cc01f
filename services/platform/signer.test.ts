import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeSigner, verifySignature } from './signer.ts'

const pem = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

test('what was signed is verified with the published half', () => {
  const signer = makeSigner(pem())
  const signature = signer.sign('Łódź · Αθήνα')
  expect(signature).toMatch(/^[\w-]{86}$/)
  expect(verifySignature(signer.publicKeyPem, 'Łódź · Αθήνα', signature)).toBe(true)
})

test('another text, another key, a mangled signature and a mangled key are a no, not a fault', () => {
  const signer = makeSigner(pem())
  const signature = signer.sign('text')
  expect(verifySignature(signer.publicKeyPem, 'text ', signature)).toBe(false)
  expect(verifySignature(makeSigner(pem()).publicKeyPem, 'text', signature)).toBe(false)
  expect(verifySignature(signer.publicKeyPem, 'text', `A${signature.slice(1)}`)).toBe(signature.startsWith('A'))
  expect(verifySignature(signer.publicKeyPem, 'text', '')).toBe(false)
  expect(verifySignature('no key', 'text', signature)).toBe(false)
})

test('the key id is computed from the public key alone', () => {
  const signer = makeSigner(pem())
  const der = Buffer.from(signer.publicKeyPem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  expect(signer.keyId).toBe(createHash('sha256').update(der).digest('hex').slice(0, 16))
})

test('a key of another kind is refused at start', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  expect(() => makeSigner(rsa)).toThrow('must be Ed25519')
})
