import type { Action, Outcome, Seen } from '../../conformance/history/operation.ts'
import { ERROR_CODES } from '../../proto/error-codes.ts'
import type { AppendAck, Position, ReadStart } from '../../proto/types.ts'
import type { Refusal } from '../../reference-server/semantics/refusal.ts'
import { describe, type SimulatedStream } from './simulated-stream.ts'
import type { Judge, Report } from './violation.ts'
import type { Entry, Witness } from './witness.ts'

/** What a client asked, when, and of which generations of the stream the answer can tell. */
export interface Call {
  readonly id: number
  readonly client: number
  readonly stream: SimulatedStream
  readonly called: number
  readonly generation: number
  /** Virtual microseconds. */
  readonly at: number
}

export type Asked =
  | Extract<Action, { readonly action: 'append' | 'check-tail' | 'follow' }>
  | { readonly action: 'read'; readonly start: ReadStart; readonly count: number }

/** An operation as it will be judged: its generation is known. */
export interface Observed {
  readonly call: Call
  readonly returned: number
  /** Virtual microseconds. */
  readonly returnedAt: number
  readonly did: Asked
  readonly got: Outcome
}

export interface ObserverParts {
  readonly witness: Witness
  readonly report: Report
  readonly now: () => number
  readonly say: (line: string) => void
}

/**
 * Takes down what clients saw, and looks at once at what needs no history: that nothing was told which was not on the disk
 * when it was told, and that a stream is there exactly when its owner knows that it is.
 */
export class Observer {
  readonly observed: Observed[] = []
  /** Operations that may have met either of two streams of one name, and cannot be judged by their history. */
  ambiguous = 0
  /** Followers that were found waiting at the tail, or short of it, when all was quiet. */
  followers = 0
  readonly #parts: ObserverParts
  #ticks = 0
  #calls = 0

  constructor(parts: ObserverParts) {
    this.#parts = parts
  }

  get operations(): number {
    return this.#calls
  }

  tick(): number {
    return ++this.#ticks
  }

  call(client: number, stream: SimulatedStream): Call {
    const { generation } = stream
    return { id: ++this.#calls, client, stream, called: this.tick(), generation, at: this.#parts.now() }
  }

  appended(
    call: Call,
    did: Extract<Asked, { action: 'append' }>,
    answer: AppendAck | Refusal | 'unknown',
  ): Outcome {
    const { witness } = this.#parts
    const entry = witness.entryOf(call.id)
    const got = appendOutcome(answer)
    this.#say(call, `append ${show(got)}`)
    if (got.outcome === 'acked') this.#checkAck(call, got, entry)
    else this.#checkConditionTold(call, got)
    const generation = entry?.generation ?? witness.refusedBy(call.id)
    this.#keep(generation === undefined ? call : { ...call, generation }, did, got)
    return got
  }

  told(call: Call, tail: Position): void {
    this.#say(call, `tail ${tail.seqNum}`)
    this.#alive(call)
    this.#checkTail(call, tail.seqNum, 'a tail')
    this.#keep(call, { action: 'check-tail' }, { outcome: 'tail', tail })
  }

  /** Records of a read that has ended (`read`) or goes on (`follow`). */
  read(call: Call, did: Extract<Asked, { action: 'read' | 'follow' }>, records: readonly Seen[]): void {
    this.#say(call, `${did.action} ${records[0]?.seqNum}..${records.at(-1)?.seqNum}`)
    this.#alive(call)
    const last = records.at(-1)
    if (last !== undefined) this.#checkTail(call, last.seqNum + 1n, 'a record')
    this.#keep(call, did, { outcome: 'records', records, complete: did.action === 'read' })
  }

  /** Where nothing came back that could be judged, except that the stream is there or not. */
  refused(call: Call, refusal: Refusal): void {
    this.#say(call, `refused ${refusal.refusal === 'error' ? refusal.code : refusal.refusal}`)
    if (refusal.refusal === 'unwritten') this.told(call, refusal.tail)
    const { certain, generation } = call.stream
    if (refusal.refusal !== 'error' || !ABSENT.has(refusal.code)) return
    if (refusal.code === 'stream_deletion_pending' && generation === call.generation) {
      call.stream.toldDeleted = { generation, since: this.tick() }
    }
    if (certain?.there === true && certain.since < call.called) {
      this.#report('deletion', call, `${refusal.code}, though nobody has deleted it`)
    }
  }

  /** It answers: then nobody can have been told before that it is gone. */
  #alive(call: Call): void {
    const { certain, generation, toldDeleted } = call.stream
    if (certain?.there === false && certain.since < call.called) {
      this.#report('deletion', call, 'answered after its deletion')
    } else if (toldDeleted?.generation === generation && toldDeleted.since < call.called) {
      this.#report('deletion', call, 'answered after somebody was told of its deletion')
    }
  }

  #checkAck(
    call: Call,
    { start, end }: Extract<Outcome, { outcome: 'acked' }>,
    entry: Entry | undefined,
  ): void {
    this.#alive(call)
    if (entry === undefined) {
      this.#report('content', call, 'acknowledged without having been sequenced')
      return
    }
    const { sequenced, fate } = entry
    if (!samePosition(start, sequenced.start) || !samePosition(end, sequenced.end)) {
      this.#report('content', call, `acknowledged at ${start.seqNum}, sequenced at ${sequenced.start.seqNum}`)
    }
    if (fate !== 'durable')
      this.#report('told too early', call, `acknowledged ${start.seqNum}, which is not synced`)
  }

  #checkConditionTold(call: Call, got: Outcome): void {
    if (got.outcome === 'seq-num-mismatch') this.#checkTail(call, got.actual, 'a refusal')
    if (got.outcome !== 'fencing-token-mismatch' || got.actual === '') return
    const { witness } = this.#parts
    const set = witness.fenced(call.stream, got.actual)
    if (set?.fate !== 'durable') {
      this.#report('told too early', call, `a refusal told of the token "${got.actual}", which is not synced`)
    }
  }

  #checkTail(call: Call, seqNum: bigint, what: string): void {
    const { stream, generation } = call
    const ends = [generation, stream.generation].map(
      (one) => this.#parts.witness.durable(stream, one).tail.seqNum,
    )
    if (ends.every((end) => end < seqNum)) {
      this.#report('told too early', call, `${what} told of ${seqNum}, and ${ends[0]} is synced`)
    }
  }

  #keep(
    call: Call,
    did: Asked,
    got: Outcome,
    sure: boolean = call.generation === call.stream.generation,
  ): void {
    if (!sure && did.action !== 'append') {
      this.ambiguous++
      return
    }
    const returned = got.outcome === 'unknown' ? Number.POSITIVE_INFINITY : this.tick()
    this.observed.push({ call, returned, returnedAt: this.#parts.now(), did, got })
  }

  #report(judge: Judge, { client, id, stream }: Call, what: string): void {
    this.#parts.report({ judge, what: `${describe(stream)}, client ${client}, operation ${id}: ${what}` })
  }

  #say({ client, id, stream }: Call, what: string): void {
    this.#parts.say(`client ${client} ${describe(stream)} #${id}: ${what}`)
  }
}

const ABSENT: ReadonlySet<string> = new Set([
  'stream_not_found',
  'basin_not_found',
  'stream_deletion_pending',
  'basin_deletion_pending',
])

/** Definite are the conditions and the codes that promise no effect; all else may have had one. */
function appendOutcome(answer: AppendAck | Refusal | 'unknown'): Outcome {
  if (answer === 'unknown') return { outcome: 'unknown' }
  if (!('refusal' in answer)) return { outcome: 'acked', ...answer }
  switch (answer.refusal) {
    case 'seq-num-mismatch':
      return { outcome: 'seq-num-mismatch', actual: answer.actual }
    case 'fencing-token-mismatch':
      return { outcome: 'fencing-token-mismatch', actual: answer.actual }
    case 'error':
      return { outcome: ERROR_CODES[answer.code].sideEffects ? 'unknown' : 'failed' }
    case 'unwritten':
      return { outcome: 'failed' }
  }
}

const samePosition = (one: Position, other: Position): boolean =>
  one.seqNum === other.seqNum && one.timestamp === other.timestamp

function show(got: Outcome): string {
  switch (got.outcome) {
    case 'acked':
      return `acked ${got.start.seqNum}..${got.end.seqNum - 1n}`
    case 'seq-num-mismatch':
    case 'fencing-token-mismatch':
      return `refused, actual ${got.actual}`
    default:
      return got.outcome
  }
}
