import { ConformanceFailure } from '../../client/failures.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import type { Random } from '../../kit/random.ts'
import { appendInSession } from './append-session.ts'
import type { Outcome, Request } from './operation.ts'
import type { OperationLog } from './operation-log.ts'
import { perform } from './perform.ts'
import { type ClientView, chooseAction, type Mix } from './workload.ts'

export interface ClientParts {
  readonly client: number
  readonly stream: StreamClient
  readonly notebook: OperationLog
  readonly mix: Mix
  readonly random: Random
  readonly more: (done: number) => boolean
  readonly recovered?: () => Promise<void>
  /** Up to where records may be trimmed. */
  readonly trimmable: () => bigint
  /** Told of an answer that cannot be read; absent, it ends the history. */
  readonly onUnreadable?: (failure: ConformanceFailure) => void
}

/** Does one operation after another, each with what it learned from the ones before. */
export async function runClient(parts: ClientParts): Promise<void> {
  const { client, stream, notebook, mix, random } = parts
  let belief: ClientView = { next: 0n, token: '' }
  for (let index = 0; parts.more(index); index++) {
    const known = { ...belief, trimmable: parts.trimmable() }
    const chosen = chooseAction(random, mix, known, `${client}-${index}`)
    if (chosen.action === 'session') {
      const session = stream.over('s2s')
      const outcomes = await appendInSession(session, chosen.batches, notebook, client, parts.onUnreadable)
      for (const got of outcomes) belief = learn(belief, got, undefined)
      if (outcomes.length < chosen.batches.length) await parts.recovered?.()
      continue
    }
    const called = notebook.now()
    const got = await attempt(parts, chosen)
    notebook.add(client, called, chosen, got)
    if (got.outcome === 'unknown' || got.outcome === 'failed') await parts.recovered?.()
    belief = learn(belief, got, chosen.action === 'append' ? chosen.fence : undefined)
  }
}

async function attempt({ stream, onUnreadable }: ClientParts, did: Request): Promise<Outcome> {
  try {
    return await perform(stream, did)
  } catch (error) {
    if (!(error instanceof ConformanceFailure) || onUnreadable === undefined) throw error
    onUnreadable(error)
    return { outcome: did.action === 'append' ? 'unknown' : 'failed' }
  }
}

function learn(belief: ClientView, got: Outcome, fence: string | undefined): ClientView {
  switch (got.outcome) {
    case 'acked':
      return { next: got.tail.seqNum, token: fence ?? belief.token }
    case 'seq-num-mismatch':
      return { ...belief, next: got.actual }
    case 'fencing-token-mismatch':
      return { ...belief, token: got.actual }
    case 'tail':
    case 'unwritten':
      return { ...belief, next: got.tail.seqNum }
    default:
      return belief
  }
}
