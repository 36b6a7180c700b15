import {
  batchesRange,
  defaultLocationKey,
  nextStreamIdKey,
  stateKey,
  streamsRange,
} from '../../reference-server/store/keys.ts'
import type { KeyRange } from '../../reference-server/store/store.ts'
import { decodeState } from '../../reference-server/store/stored-state.ts'
import { decodeStream } from '../../reference-server/store/stored-stream.ts'
import { usageAfter } from '../../reference-server/store/usage-keys.ts'
import type { Entries } from './entries.ts'
import type { SimulatedStream } from './simulated-stream.ts'

/** Batches of these streams that are stored though all of their records are trimmed. */
export function countTrimmed(stored: Entries, streams: readonly SimulatedStream[]): number {
  return streams
    .flatMap(({ address }) => stored.range(streamsRange(address.basin, address.stream, '')))
    .map(({ value }) => decodeStream(value).id)
    .map((id) => stored.range(batchesRange(id, 0n, decodeState(stored.get(stateKey(id))).trimPoint)).length)
    .reduce((sum, count) => sum + count, 0)
}

const EVERYTHING: KeyRange = { from: Uint8Array.of(0), to: Uint8Array.of(0xff) }

/** Keys that are stored besides those that outlive all basins: the next stream's number, the default location, usage. */
export function countRemains(stored: Entries): number {
  const outlive = [nextStreamIdKey, defaultLocationKey].filter((key) => stored.get(key) !== undefined)
  return stored.range(EVERYTHING).length - stored.range(usageAfter(undefined)).length - outlive.length
}
