import { ERROR_CODES } from '../../proto/error-codes.ts'
import type {
  AppendAck,
  AppendInput,
  AppendRecord,
  Position,
  ReadEnd,
  ReadStart,
  SequencedRecord,
} from '../../proto/types.ts'
import { unaryEnd } from '../../reference-server/semantics/read-query.ts'
import { isRefusal, type Refusal } from '../../reference-server/semantics/refusal.ts'
import { deepEqual } from '../deep-equal.ts'
import type { Expect } from '../expect.ts'
import { fence, record, trim } from '../records.ts'
import { isS2s } from '../requirement.ts'
import type { Answer } from '../target/answer.ts'
import type { ReadResult, StreamClient } from '../target/stream-client.ts'
import { expectAppend, expectRead, expectTail, FRESH, type Oracle, type ReadOutcome } from './oracle.ts'
import type { Step, StepRecord } from './step.ts'

/** Sends the steps one after another to a fresh stream and holds each answer against the oracle. */
export async function runSteps(stream: StreamClient, steps: readonly Step[], expect: Expect): Promise<void> {
  let oracle = FRESH
  for (const step of steps) oracle = await runStep(oracle, stream, step, expect)
}

/** Only a session reads on to the tail for certain (READ-049). */
const isSession = ({ transport }: StreamClient): boolean => transport === 'sse' || isS2s(transport)

async function runStep(oracle: Oracle, stream: StreamClient, step: Step, expect: Expect): Promise<Oracle> {
  switch (step.step) {
    case 'append': {
      const input = inputOf(step, oracle)
      return judgeAppend(oracle, input, await stream.append(input), expect)
    }
    case 'read': {
      const asked = askedRead(step, oracle, isSession(stream))
      return judgeRead(oracle, await stream.read({ ...asked.start, ...asked.end }), asked, expect)
    }
    case 'check-tail': {
      expect.equal(expect.ok(await stream.checkTail()), expectTail(oracle), 'tail')
      return oracle
    }
  }
}

function judgeAppend(oracle: Oracle, input: AppendInput, answer: Answer<AppendAck>, expect: Expect): Oracle {
  const expected = expectAppend(oracle, input, answer.value?.end.timestamp ?? 0n)
  if (isRefusal(expected)) {
    expectRefusal(answer, expected, expect)
    return oracle
  }
  const ack = expect.ok(answer)
  expect.equal(ack.start, expected.ack.start, 'start of the ack')
  expect.equal(ack.end, expected.ack.end, 'end of the ack')
  expect.equal(ack.tail, expected.ack.tail, 'tail of the ack, with no other writer')
  return expected.after
}

function judgeRead(oracle: Oracle, answer: Answer<ReadResult>, asked: AskedRead, expect: Expect): Oracle {
  const allowed = expectRead(oracle, asked.start, asked.end)
  const fitting = allowed.find(({ outcome }) => fits(outcome, answer, asked.mayBeShort))
  if (fitting !== undefined) return { ...oracle, goneBelow: fitting.goneBelow }
  const came = answer.value?.records.map(summary) ?? { status: answer.status, ...answer.error?.json }
  const wanted = allowed.map(({ outcome }) => (isRefusal(outcome) ? outcome : outcome.records.map(summary)))
  expect.equal<unknown>(came, wanted[0], `outcome of the read, one of ${wanted.length} allowed`)
  return oracle
}

/** A unary read may return fewer records than there are, but not none (READ-032). */
function fits(outcome: ReadOutcome, answer: Answer<ReadResult>, mayBeShort: boolean): boolean {
  if (isRefusal(outcome)) return isRefusedAs(answer, outcome)
  const got = answer.value?.records
  if (got === undefined) return false
  const short = mayBeShort && got.length > 0 && got.length < outcome.records.length
  return deepEqual(got, short ? outcome.records.slice(0, got.length) : outcome.records)
}

function isRefusedAs({ status, error }: Answer<unknown>, refusal: Refusal): boolean {
  switch (refusal.refusal) {
    case 'error':
      return status === ERROR_CODES[refusal.code].status && error?.code === refusal.code
    case 'seq-num-mismatch':
      return status === 412 && error?.seq_num_mismatch === refusal.actual
    case 'fencing-token-mismatch':
      return status === 412 && error?.fencing_token_mismatch === refusal.actual
    case 'unwritten':
      return status === 416 && deepEqual(error?.tail, refusal.tail)
  }
}

function expectRefusal(answer: Answer<unknown>, refusal: Refusal, expect: Expect): void {
  const came = { status: answer.status, ...(answer.error?.json ?? answer.value ?? {}) }
  expect.equal<unknown>(isRefusedAs(answer, refusal) ? refusal : came, refusal, 'the refusal of the request')
}

const summary = ({ seqNum, timestamp }: SequencedRecord): string => `${seqNum}@${timestamp}`

interface AskedRead {
  readonly start: ReadStart
  readonly end: ReadEnd
  readonly mayBeShort: boolean
}

/** The read that a step asks for, as the specification sees it: unary answers have bounds of their own. */
function askedRead(step: Extract<Step, { step: 'read' }>, { state }: Oracle, session: boolean): AskedRead {
  const end = {
    ...(step.count === undefined ? {} : { count: BigInt(step.count) }),
    ...(step.bytes === undefined ? {} : { bytes: BigInt(step.bytes) }),
    ...(step.until === undefined ? {} : { until: notNegative(state.tail.timestamp + BigInt(step.until)) }),
    wait: 0,
  }
  const start = {
    ...startOf(step.start, state.tail),
    ...(step.clamp === undefined ? {} : { clamp: step.clamp }),
  }
  return { start, end: session ? end : unaryEnd(end), mayBeShort: !session }
}

function startOf(start: Extract<Step, { step: 'read' }>['start'], tail: Position): ReadStart {
  switch (start.from) {
    case 'tail':
      return {}
    case 'seq-num':
      return { seqNum: notNegative(tail.seqNum - BigInt(start.back)) }
    case 'tail-offset':
      return { tailOffset: notNegative(BigInt(start.back)) }
    case 'timestamp':
      return { timestamp: notNegative(tail.timestamp + BigInt(start.fromTail)) }
  }
}

function inputOf(step: Extract<Step, { step: 'append' }>, { state }: Oracle): AppendInput {
  const tail = state.tail.seqNum
  const stamp = step.timestamp === undefined ? undefined : BigInt(step.timestamp)
  return {
    records: step.records.map((one) => recordOf(one, tail, stamp)),
    ...(step.match === undefined ? {} : { matchSeqNum: notNegative(tail + BigInt(step.match)) }),
    ...(step.token === undefined
      ? {}
      : { fencingToken: `${state.fencingToken}${step.token === 'other' ? '!' : ''}` }),
  }
}

function recordOf(one: StepRecord, tail: bigint, timestamp: bigint | undefined): AppendRecord {
  switch (one.record) {
    case 'data': {
      const headers = Array.from({ length: one.headers }, (_, index) => [`h${index}`, one.body] as const)
      return record(one.body, timestamp === undefined ? { headers } : { headers, timestamp })
    }
    case 'fence':
      return fence(one.token, timestamp)
    case 'trim':
      return trim(notNegative(tail + BigInt(one.fromTail)), timestamp)
  }
}

const notNegative = (number: bigint): bigint => (number < 0n ? 0n : number)
