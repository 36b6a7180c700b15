import { fromUtf8, viewOf } from './bytes.ts'
import { SPACE, streamIdOfKey } from './keys.ts'
import { decodeAccessToken } from './stored-access-token.ts'
import { decodeBasin } from './stored-basin.ts'
import { decodeBatch } from './stored-batch.ts'
import { decodeEmptiness } from './stored-emptiness.ts'
import { decodeState } from './stored-state.ts'
import { decodeStream } from './stored-stream.ts'
import { decodeStreamId } from './stored-stream-id.ts'
import { decodeSummary } from './stored-summary.ts'
import { decodeUsage } from './stored-usage.ts'
import { minuteOf, scopeOf, USAGE_SPACE } from './usage-keys.ts'

/** One kind of entry: its place in words, and how its value is decoded. Both throw for bytes that are not of this kind. */
interface EntryKind {
  readonly place: (key: Uint8Array) => string
  readonly decode: (value: Uint8Array) => unknown
}

/** Describes the entry under this key, for an operator. Never throws. */
export function describeEntry(key: Uint8Array): string {
  try {
    const kind = KINDS[key[0] ?? -1]
    if (kind !== undefined) return kind.place(key)
  } catch {}
  return `the entry with the unknown key ${Buffer.from(key).toString('hex')}`
}

/** Decodes a value as its key requires. Throws where the value, or the key, is not one that the server writes. */
export function decodeEntry(key: Uint8Array, value: Uint8Array): void {
  const kind = KINDS[key[0] ?? -1]
  if (kind === undefined) throw new TypeError('the key is of no known kind')
  kind.place(key)
  kind.decode(value)
}

const only =
  (text: string) =>
  (key: Uint8Array): string => {
    if (key.length !== 1) throw new TypeError('the key has a wrong length')
    return text
  }

const named = (key: Uint8Array): readonly string[] => fromUtf8(key.subarray(1)).split('\0').map(quoted)

const quoted = (name: string): string => JSON.stringify(name)

const ofStream =
  (what: string) =>
  (key: Uint8Array): string => {
    if (key.length !== 9) throw new TypeError('the key has a wrong length')
    return `the ${what} of stream number ${streamIdOfKey(key)}`
  }

function placeOfBatch(what: string, key: Uint8Array, length: number): string {
  if (key.length !== length) throw new TypeError('the key has a wrong length')
  const last = viewOf(key).getBigUint64(length - 8)
  return `the ${what} of stream number ${streamIdOfKey(key)} that ends with record ${last}`
}

function placeOfUsage(key: Uint8Array): string {
  const [basin = '', stream] = scopeOf(key).split('\0')
  const whose = [basin === '' ? 'the account' : `basin ${quoted(basin)}`]
  if (stream !== undefined) whose.unshift(`stream ${quoted(stream)}`)
  return `the usage of ${whose.join(' of ')} in minute ${minuteOf(key)}`
}

const KINDS: Readonly<Record<number, EntryKind>> = {
  [SPACE.nextStreamId]: { place: only('the number of the next stream'), decode: decodeStreamId },
  [SPACE.basin]: { place: (key) => `the basin ${named(key).join()}`, decode: decodeBasin },
  [SPACE.stream]: {
    place(key) {
      const [basin, stream] = named(key)
      return `the stream ${stream} of basin ${basin}`
    },
    decode: decodeStream,
  },
  [SPACE.state]: { place: ofStream('state'), decode: decodeState },
  [SPACE.batch]: { place: (key) => placeOfBatch('batch', key, 17), decode: decodeBatch },
  [SPACE.timestamp]: {
    place: (key) => placeOfBatch('timestamp of the batch', key, 25),
    decode: decodeSummary,
  },
  [SPACE.trimming]: { place: ofStream('mark of a trim'), decode: decodeStream },
  [SPACE.deleting]: { place: ofStream('mark of the deletion'), decode: decodeStream },
  [SPACE.accessToken]: { place: (key) => `the access token ${named(key).join()}`, decode: decodeAccessToken },
  [SPACE.defaultLocation]: { place: only('the default location'), decode: fromUtf8 },
  [SPACE.emptiness]: { place: ofStream('mark of emptiness'), decode: decodeEmptiness },
  [SPACE.expired]: { place: ofStream('mark of expired records'), decode: decodeStreamId },
  [SPACE.format]: { place: only('the format of the data'), decode: fromUtf8 },
  [USAGE_SPACE]: { place: placeOfUsage, decode: decodeUsage },
}
