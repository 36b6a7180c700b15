import type { ReadEvent, ReadSession, StreamClient } from '../../client/stream-client.ts'
import { TargetError } from '../../client/target-error.ts'
import { seen } from '../history/perform.ts'
import type { Survivor } from './survivor.ts'
import type { Witness } from './witness.ts'

export interface FollowerParts {
  /** Spoken to over SSE or S2S. */
  readonly stream: StreamClient
  readonly witness: Witness
  readonly survivor: Survivor
  readonly client: number
  readonly now: () => number
}

/** A quiet stream brings a heartbeat only after seconds: a follower that is to end does not wait for that. */
const GLANCE_SECONDS = 0.5

/** Reads what comes, from the beginning on, and goes on from where it was after each loss, until told to end. */
export async function follow({ stream, witness, survivor, client, now }: FollowerParts): Promise<void> {
  let next = 0n
  while (survivor.goesOn) {
    await survivor.survive(async () => {
      const called = now()
      const session = await stream.openRead({ seqNum: next })
      try {
        while (survivor.goesOn) {
          const event = await nextEvent(session)
          if (event === undefined || event.kind === 'heartbeat') continue
          if (event.kind !== 'batch') return
          const records = event.batch.records.map(seen)
          witness
            .call(client, { action: 'follow', from: next }, called)
            .answer({ outcome: 'records', records, complete: false })
          next = (records.at(-1)?.seqNum ?? next - 1n) + 1n
        }
      } finally {
        session.cancel()
      }
    })
  }
}

/** Undefined when nothing came for a moment. */
async function nextEvent(session: ReadSession): Promise<ReadEvent | undefined> {
  try {
    return await session.next(GLANCE_SECONDS)
  } catch (error) {
    if (error instanceof TargetError && error.code === 'timeout') return undefined
    throw error
  }
}
