import type { SeqNum, SequencedRecord } from '../../../proto/types.ts'
import { invalid, type Refusal, refuse } from '../refusal.ts'
import { isCommand } from './command.ts'

export type Cipher = 'aegis-256' | 'aes-256-gcm'

/** A command stays readable, or the server could not obey it; every other record of an encrypted stream is sealed (ENC-011). */
export const staysReadable = (record: SequencedRecord): boolean => isCommand(record)

/** With what an operation seals or opens records. */
export interface Encryption<Key> {
  readonly cipher: Cipher
  readonly key: Key
}

/**
 * What a request's key means to a stream, whatever the request would do: a stream without a cipher ignores it (ENC-006), one
 * with a cipher needs it. Refused as `bad_header`: no key, or one that is not the base64 of 32 bytes (ENC-003, ENC-004).
 * Whether it is the right key, only opening what was sealed can tell (ENC-009). A check-tail does not ask (ENC-013).
 */
export function resolveEncryption<Key extends object>(
  cipher: Cipher | undefined,
  given: Key | 'unusable' | 'none',
): Encryption<Key> | 'plain' | Refusal {
  if (cipher === undefined) return 'plain'
  if (typeof given === 'object') return { cipher, key: given }
  const what = given === 'none' ? 'is missing' : 'is not the base64 of 32 bytes'
  return refuse('bad_header', `the stream is encrypted with ${cipher}, and s2-encryption-key ${what}`)
}

/** What a reader is told of a record that its key does not open (ENC-008). */
export const decryptionFailed = (): Refusal =>
  refuse('decryption_failed', 'a record cannot be decrypted with this key')

/**
 * Random nonces of 12 bytes are safe for this many records under one key. The server does not see which streams share a
 * key, so this bounds each stream by itself, and by sequence number: command records, which are not sealed, use some up.
 * So a stream never seals more than the 2^32 records of CP-CFG-053, and where it has commands, fewer.
 */
const MOST_SEALED_WITH_AES_256_GCM = 2n ** 32n

/**
 * Refused as `invalid`: `aes-256-gcm` seals no record with a sequence number of 2^32 or more; commands still fit (APP-057,
 * CP-CFG-053).
 */
export function checkSealable(cipher: Cipher | undefined, seqNum: SeqNum): Refusal | undefined {
  if (cipher !== 'aes-256-gcm' || seqNum < MOST_SEALED_WITH_AES_256_GCM) return undefined
  return invalid(
    `aes-256-gcm seals no record with a sequence number of ${MOST_SEALED_WITH_AES_256_GCM} or more`,
  )
}
