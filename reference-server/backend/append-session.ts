import type { AppendAck } from '../../proto/types.ts'
import type { Batch } from '../semantics/batch/batch.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { AppendSession } from './backend.ts'
import type { LiveStream } from './live-stream.ts'
import type { Protection } from './protection.ts'

type Reply = AppendAck | Refusal | undefined

/** Batches in the order they were submitted, up to the first refusal (APP-046, APP-047, APP-048). */
export function appendSession(stream: LiveStream, protection: Protection): AppendSession {
  let refused = false
  let last: Promise<Reply> = Promise.resolve(undefined)
  return {
    async submit(batch: Batch): Promise<Reply> {
      if (refused) return undefined
      const { sequenced, reply } = stream.append(batch, protection)
      refused = !sequenced
      last = inOrder(last, reply)
      return await last
    },
  }
}

/** A batch that was sequenced behind one that then failed in the store has no answer of its own. */
async function inOrder(before: Promise<Reply>, mine: Promise<AppendAck | Refusal>): Promise<Reply> {
  const earlier = await before
  const reply = await mine
  return earlier !== undefined && isRefusal(earlier) ? undefined : reply
}
