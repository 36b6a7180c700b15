import { answered } from '../../client/answered.ts'
import { createAccountClient } from '../../client/clients/account.ts'
import { createExchange } from '../../client/exchange.ts'
import type { ConformanceFailure } from '../../client/failures.ts'
import type { Receipts } from '../../client/faults/fault-proxy.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import { createRecorder } from '../../client/transcript.ts'
import { UnusableTargetError } from '../../client/unusable-target.ts'
import { type Clock, sleep } from '../../kit/clock.ts'
import { createRandom, seedFor } from '../../kit/random.ts'
import type { History } from './operation.ts'
import { recordHistory } from './record-history.ts'
import type { Workload } from './workloads.ts'

export interface FaultyParts {
  readonly workload: Workload
  readonly clients: number
  /** Operations of each client. */
  readonly operations: number
  readonly seed: number
  readonly clock: Clock
  /** Ends requests through the proxy: their clients see no answer. */
  readonly hurry: AbortSignal
  /** No further operation is begun once it is aborted; what there is, is judged. */
  readonly interrupted: AbortSignal
  readonly onProgress: (done: number) => void
}

export interface FaultyHistory {
  readonly history: History
  readonly faults: Receipts
  readonly sessions: number
  /** Followers that had not been given everything in the end. */
  readonly behind: number
  readonly unreadable: readonly ConformanceFailure[]
}

/** Longest wait for an answer, in seconds; the longest stall is far shorter. */
const REQUEST_SECONDS = 10
const PATIENCE_MS = 10_000
const TRANSPORTS = ['json', 'protobuf', 'sse', 's2s'] as const

/**
 * Clients on one fresh stream, over unary JSON and protobuf, SSE and S2S in turn, all through a fault proxy, and the log
 * by a way of its own.
 */
export async function recordFaultyHistory(target: RunTarget, parts: FaultyParts): Promise<FaultyHistory> {
  const { workload, clients, operations, seed, clock, hurry, interrupted, onProgress } = parts
  const { http1, http2, receipts, close } = target.connections.faulty(
    createRandom(seedFor(seed, 'faults')),
    clock,
  )
  const patient = new AbortController().signal
  const quiet = await freshStream(target, patient)
  const faulty = streamBy(
    { ...target, connections: { ...target.connections, http1, http2 } },
    quiet.name,
    hurry,
  )
  const unreadable: ConformanceFailure[] = []
  let followed = { sessions: 0, behind: 0 }
  let done = 0
  try {
    const history = await recordHistory({
      streams: TRANSPORTS.map((transport) => faulty.over(transport)),
      quiet,
      clients,
      mix: workload.mix,
      random: createRandom(seedFor(seed, 'clients')),
      // Microseconds, so that a file says exactly what was judged.
      now: () => Math.round(clock.now() * 1000) / 1000,
      more: (index) => {
        if (index > 0) onProgress(++done)
        return index < operations && !interrupted.aborted
      },
      following: {
        followers: workload.followers,
        keepsTrimmed: workload.trims,
        sleep: (milliseconds) => sleep(clock, milliseconds, patient),
        patience: PATIENCE_MS,
        onDone: (end) => {
          followed = end
        },
      },
      onUnreadable: (failure) => void unreadable.push(failure),
    })
    return { history, faults: receipts(), ...followed, unreadable }
  } finally {
    await close()
  }
}

async function freshStream(target: RunTarget, signal: AbortSignal): Promise<StreamClient> {
  const name = target.inventory.newStreamName()
  const { status, error } = await basinOf(target, signal).createStream(name)
  if (status !== 201)
    throw new UnusableTargetError(
      target.redactor.text(`no stream could be created: the target ${answered(status, error)}`),
    )
  return streamBy(target, name, signal)
}

const streamBy = (target: RunTarget, name: string, signal: AbortSignal): StreamClient =>
  basinOf(target, signal).stream(name, 'json')

function basinOf(
  target: RunTarget,
  signal: AbortSignal,
): ReturnType<ReturnType<typeof createAccountClient>['basin']> {
  const connections = { ...target.connections, requestSeconds: REQUEST_SECONDS }
  const account = createAccountClient({
    exchange: createExchange(connections, createRecorder(target.redactor), signal),
    inventory: target.inventory,
    sessionHttp: target.capabilities.has('http2') ? '2' : '1.1',
  })
  return account.basin(target.sharedBasin)
}
