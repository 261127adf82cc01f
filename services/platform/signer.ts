/** Ed25519 (RFC 8032). The key id is the first 16 hex digits of the SHA-256 of the public key's SPKI DER. */
export interface Signer {
  readonly keyId: string
  readonly publicKeyPem: string
  /** Base64url. */
  sign(text: string): string
}
