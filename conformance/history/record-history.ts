import { InconclusiveError } from '../failures.ts'
import type { Answer } from '../target/answer.ts'
import type { StreamClient } from '../target/stream-client.ts'
import type { History, Operation, Outcome, Seen } from './operation.ts'
import { perform, seen } from './perform.ts'
import type { Random } from './random.ts'
import { type Belief, chooseAction, type Mix } from './workload.ts'

export interface Recording {
  /** The same, fresh stream over the transports that the clients take in turn. */
  readonly streams: readonly StreamClient[]
  readonly clients: number
  /** Whether a client that has done this many operations, one after another, does a further one. */
  readonly more: (done: number) => boolean
  readonly mix: Mix
  readonly random: Random
  /** A monotonic clock, the same for all clients. */
  readonly now: () => number
  /** Waited for after an operation without an answer, so that clients do not hammer a target that is down. */
  readonly recovered?: () => Promise<void>
}

/** Runs the clients at once, waits for all of them, and reads the log. */
export async function recordHistory(recording: Recording): Promise<History> {
  const [first] = recording.streams
  if (first === undefined) throw new RangeError('a history needs a stream')
  const clients = Array.from({ length: recording.clients }, (_, client) =>
    runClient(recording, first, client),
  )
  const operations = (await Promise.all(clients)).flat()
  return { operations, log: await readLog(first) }
}

async function runClient(
  recording: Recording,
  first: StreamClient,
  client: number,
): Promise<readonly Operation[]> {
  const { streams, mix, random, now } = recording
  const stream = streams[client % streams.length] ?? first
  const operations: Operation[] = []
  let belief: Belief = { next: 0n, token: '' }
  for (let index = 0; recording.more(index); index++) {
    const did = chooseAction(random, mix, belief, `${client}-${index}`)
    const called = now()
    const got = await perform(stream, did)
    const returned = got.outcome === 'unknown' ? Number.POSITIVE_INFINITY : now()
    operations.push({ id: index * recording.clients + client, client, called, returned, did, got })
    if (got.outcome === 'unknown' || got.outcome === 'failed') await recording.recovered?.()
    belief = learn(belief, got, did.action === 'append' ? did.fence : undefined)
  }
  return operations
}

function learn(belief: Belief, got: Outcome, fence: string | undefined): Belief {
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

/** The whole log, page by page; nothing is under way any more, so what check-tail says is all there is. */
async function readLog(stream: StreamClient): Promise<readonly Seen[]> {
  const log: Seen[] = []
  const { seqNum: tail } = answered(await stream.checkTail(), 'check-tail')
  for (let next = 0n; next < tail; ) {
    const page = answered(
      await stream.read({ seqNum: next, count: tail - next }),
      `the read from ${next}`,
    ).records
    const last = page.at(-1)
    if (last === undefined)
      throw new InconclusiveError(`the log cannot be read: nothing at ${next}, below the tail ${tail}`)
    log.push(...page.map(seen))
    next = last.seqNum + 1n
  }
  return log
}

function answered<Value>({ status, value }: Answer<Value>, what: string): Value {
  if (value === undefined)
    throw new InconclusiveError(`the log cannot be read: ${what} was answered with ${status}`)
  return value
}
