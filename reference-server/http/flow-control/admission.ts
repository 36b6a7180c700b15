import type { Batch } from '../../semantics/batch/batch.ts'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'
import type { SessionEnd } from './session-end.ts'
import type { Window } from './window.ts'

/** A batch that every window has let in, to be let out of each with the same weight. */
export interface Admitted {
  readonly batch: Batch
  readonly weight: number
}

/**
 * Makes a batch and waits until all of these windows have let it in, one after the other (APP-053). While it waits, only
 * what it is made of is kept, not the batch itself: records with many headers are a hundred times larger when decoded, and
 * any number of clients can wait. Throws what `make` throws, and `Refused` `client_hangup` if `gone` comes first.
 */
export async function enterWindows(
  make: () => Batch,
  windows: readonly Window[],
  gone: SessionEnd,
): Promise<Admitted> {
  const tried = tryToEnter(make, windows, gone)
  if (typeof tried !== 'number') return tried
  const entered: Window[] = []
  for (const window of windows) {
    if (!(await window.enter(tried, gone))) {
      for (const left of entered) left.leave(tried)
      throw new Refused(refuse('client_hangup', 'the client left before its batch was let in'))
    }
    entered.push(window)
  }
  try {
    return { batch: make(), weight: tried }
  } catch (error) {
    // What could be made before need not be allowed any more.
    for (const window of windows) window.leave(tried)
    throw error
  }
}

/** The batch, if there is room for it at once, or else only its weight. */
function tryToEnter(make: () => Batch, windows: readonly Window[], gone: SessionEnd): Admitted | number {
  const batch = make()
  const weight = weightOf(batch)
  if (gone.has() || !windows.every((window) => window.hasRoom(weight))) return weight
  for (const window of windows) void window.enter(weight)
  return { batch, weight }
}

/** Bytes that a batch takes in memory, about: small records and headers cost more than they meter. */
function weightOf({ records, size }: Batch): number {
  const headers = records.reduce((sum, record) => sum + record.headers.length, 0)
  return Number(size) + BATCH_BYTES + records.length * RECORD_BYTES + headers * HEADER_BYTES
}

/** Promises, writes and what waits to be acknowledged. */
const BATCH_BYTES = 8192
const RECORD_BYTES = 256
const HEADER_BYTES = 256
