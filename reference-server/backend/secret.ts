import { hash, timingSafeEqual } from 'node:crypto'

/**
 * What is kept of a secret: its SHA-256, in base64url. Slow hashes and salts guard passwords, which can be guessed; a secret of
 * 256 random bits cannot, so whoever reads the digests learns nothing, and a request costs one fast hash.
 */
export const digestOf = (secret: string): string => hash('sha256', secret, 'base64url')

/** In a time that does not depend on where they differ. */
export const isSameDigest = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
