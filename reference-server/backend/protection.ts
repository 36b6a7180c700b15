import type { SequencedRecord } from '../../proto/types.ts'
import type { EncryptionKey, GivenKey } from '../encryption/encryption-key.ts'
import { loadAead } from '../encryption/load-aead.ts'
import { createSeal } from '../encryption/seal.ts'
import { decryptionFailed, type Encryption } from '../semantics/batch/encryption.ts'
import { isSealed, type KeptRecord } from '../semantics/read/kept-record.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { Rules } from '../semantics/rules.ts'
import { utf8, viewOf } from '../store/bytes.ts'
import { StoreError } from '../store/store-error.ts'
import type { StoredStream } from '../store/stored-stream.ts'

/** How the records of one operation become what is kept, and what is kept becomes its records. */
export interface Protection {
  seal(records: readonly SequencedRecord[]): readonly KeptRecord[]
  /** All of them or none: one that the key does not open withholds the others (ENC-010). */
  open(records: readonly KeptRecord[]): readonly SequencedRecord[] | Refusal
}

/** For an operation on this stream with this key. Waits only where a cipher is used for the first time. */
export function protectionOf(
  { rules }: { readonly rules: Rules },
  stream: StoredStream,
  key: GivenKey,
): Protection | Refusal | Promise<Protection> {
  const encryption = rules.resolveEncryption(stream.cipher, key)
  if (encryption === 'plain') return UNPROTECTED
  return isRefusal(encryption) ? encryption : protectedBy(encryption, stream, rules)
}

/** Of a stream without a cipher: nothing is done to its records. */
const UNPROTECTED: Protection = {
  seal: (records) => records,
  open(records) {
    if (areReadable(records)) return records
    throw new StoreError('corrupt', 'a stream without a cipher holds a sealed record')
  },
}

const areReadable = (records: readonly KeptRecord[]): records is readonly SequencedRecord[] =>
  !records.some(isSealed)

async function protectedBy(
  { cipher, key }: Encryption<EncryptionKey>,
  stream: StoredStream,
  { staysReadable }: Rules,
): Promise<Protection> {
  const { seal, open } = createSeal(await loadAead(cipher), key, incarnation(stream))
  return {
    seal: (records) => records.map((record) => (staysReadable(record) ? record : seal(record))),
    open(records) {
      const opened: SequencedRecord[] = []
      for (const record of records) {
        if (!isSealed(record) && !staysReadable(record)) {
          throw new StoreError('corrupt', 'a stream with a cipher holds a record that is not sealed')
        }
        const own = isSealed(record) ? open(record) : record
        if (own === undefined) return decryptionFailed()
        opened.push(own)
      }
      return opened
    },
  }
}

/** What no other stream has, not even one of the same number in another data directory. */
function incarnation({ id, basin, name }: StoredStream): Uint8Array {
  const names = utf8(`${basin}\0${name}`)
  const bytes = new Uint8Array(8 + names.length)
  viewOf(bytes).setBigUint64(0, id)
  bytes.set(names, 8)
  return bytes
}
