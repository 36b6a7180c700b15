import { lazyHeaders } from '../../proto/lazy-headers.ts'
import type { SequencedRecord } from '../../proto/types.ts'
import { meteredSize } from '../semantics/batch/metered-size.ts'
import type { SealedRecord } from '../semantics/read/kept-record.ts'
import { viewOf } from '../store/bytes.ts'
import { StoreError } from '../store/store-error.ts'
import type { Aead } from './aead.ts'
import type { EncryptionKey } from './encryption-key.ts'
import { createNonces } from './nonces.ts'
import { decodeContent, encodeContent } from './record-content.ts'

/** Seals and opens the records of one stream with one key. */
export interface Seal {
  seal(record: SequencedRecord): SealedRecord
  /**
   * Undefined if it was not sealed with this key, or not for this place of this stream, or was changed since (ENC-008,
   * ENC-018). Throws `StoreError` `corrupt` for what another algorithm sealed (ENC-016).
   */
  open(record: SealedRecord): SequencedRecord | undefined
}

/**
 * What is sealed: the mark of the algorithm (1 byte), a random nonce, the ciphertext and its tag. Associated with it are
 * the stream's incarnation, which `stream` must be the bytes of, the record's position and its size: none of them is
 * stored with the record, and none can be changed without the key.
 */
export function createSeal(aead: Aead, key: EncryptionKey, stream: Uint8Array): Seal {
  const { mark, nonceBytes } = aead
  const keyed = aead.withKey(key)
  const nextNonce = createNonces(nonceBytes)
  const associated = associatedWith(stream)
  const begin = 1 + nonceBytes
  return {
    seal(record) {
      const { seqNum, timestamp } = record
      const size = meteredSize(record)
      const nonce = nextNonce()
      const pieces = keyed.encrypt(nonce, encodeContent(record), associated({ seqNum, timestamp, size }))
      const sealed = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, begin))
      sealed[0] = mark
      sealed.set(nonce, 1)
      let at = begin
      for (const piece of pieces) {
        sealed.set(piece, at)
        at += piece.length
      }
      return { seqNum, timestamp, size, sealed }
    },
    open(record) {
      const { seqNum, timestamp, sealed } = record
      if (sealed[0] !== mark) throw new StoreError('corrupt', 'a record was sealed with another algorithm')
      const plaintext = keyed.decrypt(sealed.subarray(1, begin), sealed.subarray(begin), associated(record))
      if (plaintext === undefined) return undefined
      const opened = { seqNum, timestamp, ...decodeContent(plaintext) }
      return lazyHeaders(opened, () => decodeContent(plaintext).headers)
    },
  }
}

/** Bytes that are good until the next are asked for. */
function associatedWith(stream: Uint8Array): (record: Omit<SealedRecord, 'sealed'>) => Uint8Array {
  const bytes = new Uint8Array(24 + stream.length)
  const view = viewOf(bytes)
  bytes.set(stream, 24)
  return ({ seqNum, timestamp, size }) => {
    view.setBigUint64(0, seqNum)
    view.setBigUint64(8, timestamp)
    view.setBigUint64(16, size)
    return bytes
  }
}
