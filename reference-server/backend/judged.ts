import type { Refusal } from '../semantics/refusal.ts'
import type { Judgement, Kind } from '../semantics/resources/existence.ts'
import { onceDurable } from './storage-refusal.ts'

/** Deletions that may be in the way; each resolves once it may be told. */
type Deletions = Partial<Record<Kind, Promise<void> | undefined>>

/**
 * The refusal, if it is one; what tells of a deletion waits until that is durable. Known at once: who goes on does so
 * before anybody else can change what was judged.
 */
export function refusedBy(judgement: Judgement, { basin, stream }: Deletions): Promise<Refusal> | undefined {
  if (typeof judgement !== 'object') return undefined
  const code = judgement.refusal === 'error' ? judgement.code : undefined
  if (code === 'basin_deletion_pending' && basin !== undefined) return onceDurable(basin, judgement)
  if (code === 'stream_deletion_pending' && stream !== undefined) return onceDurable(stream, judgement)
  return Promise.resolve(judgement)
}

/** What the rules go on with is there, or they are not the rules that this server is made for. */
export function requirePresent<Found>(found: Found | undefined): Found {
  if (found === undefined) throw new Error('the rules go on with something that is not there')
  return found
}
