import { UsageError } from '../../kit/usage-error.ts'
import { stringifyJson } from '../../proto/json.ts'
import type { HistoryFile } from './file/format.ts'
import type { History, Operation } from './operation.ts'
import { type AppendOperation, bodiesOf, isAppend } from './placement.ts'

/** The workloads that the model of s2-verification knows (LIN-003, LIN-013): nothing else in it changes a stream. */
export const EXPORTED_WORKLOADS: readonly string[] = ['regular', 'match-seq-num', 'fencing']

/** XXH3 of 64 bits. */
export type Hash = (data: string | Buffer, seed?: bigint) => bigint

/** Loads the hash from an optional peer of this package. Throws `UsageError` where it is not installed. */
export async function loadHash(): Promise<Hash> {
  try {
    const { xxh3 } = await import('@node-rs/xxhash')
    return xxh3.xxh64
  } catch {
    throw new UsageError('--export porcupine needs the package @node-rs/xxhash: npm install @node-rs/xxhash')
  }
}

/** Why a history cannot be told in the words of s2-verification; undefined if it can. */
export function whyNotExported({ about, history }: HistoryFile): string | undefined {
  if (!EXPORTED_WORKLOADS.includes(about.workload)) {
    return `the model of s2-verification knows the workloads ${EXPORTED_WORKLOADS.join(', ')} and no ${about.workload}: it has neither trims nor followers`
  }
  const isTold = history.operations.every(
    ({ did }) => did.action !== 'follow' && (did.action !== 'append' || did.trim === undefined),
  )
  return isTold
    ? undefined
    : 'the history has trims or followers, which the model of s2-verification does not have'
}

/**
 * The history as s2-verification's JSON lines (LIN-010, LIN-011): the calls and returns in their order, those of unknown
 * outcome at the very end. A read is told with what the log has before its start, since the model reads from the head;
 * one that need not have reached the tail says nothing of it, and is told as failed. The last read is that of the log.
 */
export function* exportPorcupine({ operations, log }: History, hash: Hash): Generator<string> {
  const states = chainOf(
    log.map(({ body }) => hash(body)),
    hash,
  )
  const clients = clientsOf(operations)
  const { events, last } = eventsOf(operations)
  for (const { operation, kind } of events) {
    const event =
      kind === 'start' ? { Start: startOf(operation, hash) } : { Finish: finishOf(operation, states, hash) }
    yield line(event, clients.get(operation) ?? 0, operation.id)
  }
  const client = Math.max(-1, ...clients.values()) + 1
  const id = Math.max(-1, ...operations.map((operation) => operation.id)) + 1
  yield line({ Start: 'Read' }, client, id)
  yield line({ Finish: readSuccess(log.length, states) }, client, id)
  for (const operation of last)
    yield line({ Finish: 'AppendIndefiniteFailure' }, clients.get(operation) ?? 0, operation.id)
}

const line = (event: object, client: number, operation: number): string =>
  stringifyJson({ event, client_id: client, op_id: operation })

/** The hash of a stream of each length: each record's hash folded onto the one before (LIN-002). */
function chainOf(records: readonly bigint[], hash: Hash): readonly bigint[] {
  const states = [0n]
  for (const record of records) states.push(chainHash(states.at(-1) ?? 0n, record, hash))
  return states
}

export function chainHash(stream: bigint, record: bigint, hash: Hash): bigint {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(record)
  return hash(bytes, stream)
}

interface Event {
  readonly at: number
  readonly kind: 'start' | 'finish'
  readonly operation: Operation
}

function eventsOf(operations: readonly Operation[]): {
  events: readonly Event[]
  last: readonly Operation[]
} {
  const events = operations.flatMap((operation): Event[] => {
    const start: Event = { at: operation.called, kind: 'start', operation }
    if (operation.got.outcome === 'unknown') return [start]
    return [start, { at: operation.returned, kind: 'finish', operation }]
  })
  // At one instant calls come first: then they overlap, as they do for the sweep.
  events.sort((a, b) => a.at - b.at || (a.kind === b.kind ? 0 : a.kind === 'start' ? -1 : 1))
  return { events, last: operations.filter(({ got }) => got.outcome === 'unknown') }
}

/** A client has one operation at a time there, and none after one without an answer: others take its place. */
function clientsOf(operations: readonly Operation[]): ReadonlyMap<Operation, number> {
  const clients = new Map<Operation, number>()
  const freeFrom: number[] = []
  for (const operation of operations.toSorted((a, b) => a.called - b.called)) {
    const free = freeFrom.findIndex((time) => time < operation.called)
    const client = free === -1 ? freeFrom.length : free
    freeFrom[client] = operation.got.outcome === 'unknown' ? Number.POSITIVE_INFINITY : operation.returned
    clients.set(operation, client)
  }
  return clients
}

function startOf(operation: Operation, hash: Hash): unknown {
  if (isAppend(operation)) return { Append: appendArgs(operation, hash) }
  // Nothing was read: what it says is where the tail was.
  return operation.got.outcome === 'unwritten' || operation.did.action === 'check-tail' ? 'CheckTail' : 'Read'
}

function appendArgs(operation: AppendOperation, hash: Hash): object {
  const bodies = bodiesOf(operation)
  const { fence, fencingToken, matchSeqNum } = operation.did
  return {
    num_records: bodies.length,
    record_hashes: bodies.map((body) => hash(body)),
    set_fencing_token: fence ?? null,
    fencing_token: fencingToken ?? null,
    match_seq_num: matchSeqNum ?? null,
  }
}

function finishOf({ did, got }: Operation, states: readonly bigint[], hash: Hash): unknown {
  switch (got.outcome) {
    case 'acked':
      return { AppendSuccess: { tail: got.end.seqNum } }
    case 'seq-num-mismatch':
    case 'fencing-token-mismatch':
      return 'AppendDefiniteFailure'
    case 'tail':
    case 'unwritten':
      return { CheckTailSuccess: { tail: got.tail.seqNum } }
    case 'records': {
      const from = did.action === 'read' ? Number(did.from) : 0
      const isWhole = got.complete && did.action === 'read' && got.records.length < did.count
      const before = states[from]
      if (!isWhole || before === undefined) return 'ReadFailure'
      const state = got.records.reduce((last, { body }) => chainHash(last, hash(body), hash), before)
      return { ReadSuccess: { tail: from + got.records.length, stream_hash: state } }
    }
    default:
      return did.action === 'append'
        ? 'AppendDefiniteFailure'
        : did.action === 'check-tail'
          ? 'CheckTailFailure'
          : 'ReadFailure'
  }
}

const readSuccess = (length: number, states: readonly bigint[]): object => ({
  ReadSuccess: { tail: length, stream_hash: states[length] ?? 0n },
})
