import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/** Ed25519 (RFC 8032). The key id is the first 16 hex digits of the SHA-256 of the public key's SPKI DER. */
export interface Signer {
  readonly keyId: string
  readonly publicKeyPem: string
  /** Base64url. */
  sign(text: string): string
}

/** The name of a public key: anyone who holds the key can compute it, so a certificate cannot point at another one. */
export const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)

/** A signer over a private key in PKCS #8 PEM. Any other kind of key is a fault at start, not a bad signature later. */
export function makeSigner(privateKeyPem: string): Signer {
  const privateKey = createPrivateKey(privateKeyPem)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`the signing key must be Ed25519, not ${privateKey.asymmetricKeyType}`)
  const publicKey = createPublicKey(privateKey)
  return {
    keyId: keyIdOf(publicKey),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url'),
  }
}

/** Whether `signature` (base64url) over `text` was made with the private half of `publicKeyPem`. Never throws: a mangled key or signature is a no. */
export function verifySignature(publicKeyPem: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey(publicKeyPem)
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}
