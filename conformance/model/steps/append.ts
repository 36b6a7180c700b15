import { isUtf8 } from 'node:buffer'
import type { Answer } from '../../../client/answer.ts'
import { askedFor } from '../../../client/asked.ts'
import { fence, record, trim } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { isS2s } from '../../../client/transport.ts'
import { deepEqual } from '../../../kit/deep-equal.ts'
import type { AppendAck, AppendInput, AppendRecord } from '../../../proto/types.ts'
import { checkMatchSeqNum } from '../../../reference-server/semantics/append/conditions.ts'
import { admitBatch } from '../../../reference-server/semantics/batch/batch.ts'
import { meteredSize } from '../../../reference-server/semantics/batch/metered-size.ts'
import { isRefusal, type Refusal } from '../../../reference-server/semantics/refusal.ts'
import { timestampingOf } from '../../../reference-server/semantics/resources/config.ts'
import { type Arrival, arrivalOf, isStampedOnArrival, type Window } from '../arrival.ts'
import { notNegative } from '../not-negative.ts'
import { expectAppend, type Oracle } from '../oracle.ts'
import { isRaw } from '../raw-view.ts'
import { isRefusedAs, showAnswer, showRefusal } from '../refusals.ts'
import type { Answered, Possibility, Run } from '../run.ts'
import type { AppendStep, Fill, StepRecord, StepTime } from '../step.ts'
import { isExact, type Meeting, meet, streamOf, type World, withStream } from '../world.ts'

export async function append(run: Run, step: AppendStep): Promise<Answered> {
  const [world] = run.worlds
  const client = run.streams[step.stream]
  if (world === undefined || client === undefined) throw new RangeError(`no stream ${step.stream}`)
  const input = inputOf(step, streamOf(world, step.stream), run.now())
  const before = run.now()
  const answer = await over(client, input).append(input)
  const window = { earliest: before - SKEW, latest: run.now() + SKEW }
  const possibilities: Possibility[] = []
  for (const each of run.worlds)
    possibilities.push(...(await judgeAppend(run, each, { stream: step.stream, input, answer, window })))
  return { asked: askedFor(answer), came: showAnswer(answer, (ack) => ack), possibilities }
}

/** What is no text, as the argument of a trim may be, goes as base64 in place of raw JSON. */
function over(client: StreamClient, { records }: AppendInput): StreamClient {
  if (!isRaw(client.transport)) return client
  return records.every(({ body }) => isUtf8(body)) ? client : client.over('base64')
}

/** Nodes of one server may disagree a little; a wrong unit is off by far more. */
const SKEW = 60_000n

export interface SentAppend {
  readonly stream: number
  readonly input: AppendInput
  readonly answer: Answer<AppendAck>
  readonly window: Window
}

export async function judgeAppend(
  run: Pick<Run, 'streams' | 'transport'>,
  world: World,
  sent: SentAppend,
): Promise<readonly Possibility[]> {
  const batch = admitBatch(sent.input)
  if (isRefusal(batch)) return judgeInvalid(run, world, sent, batch)
  const possibilities: Possibility[] = []
  for (const meeting of meet(world, sent.stream, 'append'))
    possibilities.push(...(await judgeMet(run, meeting, sent)))
  return possibilities.map((each) => asMalformed(sent, each))
}

/**
 * A unary batch is refused for itself, elsewhere than on s2-lite perhaps for its stream first (AUT-005). A session meets its
 * stream before the batch comes.
 */
function judgeInvalid(
  { transport }: Pick<Run, 'transport'>,
  world: World,
  sent: SentAppend,
  invalid: Refusal,
): readonly Possibility[] {
  const own = asMalformed(sent, refused(sent.answer, invalid, world))
  if (!isS2s(transport) && isExact(world)) return [own]
  const met = meet(world, sent.stream, 'append').flatMap((meeting) => {
    if (meeting.met === 'refused') return [refused(sent.answer, meeting.refusal, meeting.world)]
    return [asMalformed(sent, refused(sent.answer, invalid, meeting.world))]
  })
  return isS2s(transport) ? [...met, own] : [own, ...met]
}

async function judgeMet(
  run: Pick<Run, 'streams'>,
  meeting: Meeting,
  sent: SentAppend,
): Promise<readonly Possibility[]> {
  if (meeting.met === 'refused') return [refused(sent.answer, meeting.refusal, meeting.world)]
  const { stream, world, before } = meeting
  const { input, answer } = sent
  const timestamping = timestampingOf(stream.config)
  const arrival = await arrivalOf({ ...sent, oracle: stream, timestamping }, (ack) =>
    readBack(run, sent.stream, ack),
  )
  const expected = expectAppend(stream, input, arrival.at, timestamping)
  if (isRefusal(expected)) {
    // A failed condition has made the stream all the same, a missing timestamp perhaps not (AUT-005, AUT-006).
    const mayUndo = meeting.met === 'made' && (!isExact(world) || expected.refusal === 'error')
    const outcomes = mayUndo ? [world, before] : [world]
    const refusals = isExact(world) ? [expected] : [expected, ...otherCondition(stream, input, expected)]
    return outcomes.flatMap((after) => refusals.map((refusal) => refused(answer, refusal, after)))
  }
  const known = arrival.isAssumed ? withAssumed(expected.after, input, expected.ack) : expected.after
  const after = withStream(world, sent.stream, known)
  const fits = answer.status === 200 && deepEqual(answer.value, expected.ack) && arrival.isSound
  return [{ expected: { status: 200, ...expected.ack, ...arrivalText(arrival, sent) }, fits, after }]
}

/** Marks the records of the batch that were stamped on arrival. */
function withAssumed<Known extends Oracle>(
  oracle: Known,
  { records }: AppendInput,
  { start }: AppendAck,
): Known {
  const stamped = records.flatMap((record, index) =>
    isStampedOnArrival(record) ? [start.seqNum + BigInt(index)] : [],
  )
  return { ...oracle, assumed: [...oracle.assumed, ...stamped] }
}

/** Of two conditions that fail, either may be told where the rows of s2-lite do not hold (APP-019, APP-021). */
function otherCondition(
  { state }: Oracle,
  { matchSeqNum }: AppendInput,
  { refusal }: Refusal,
): readonly Refusal[] {
  const other =
    refusal === 'fencing-token-mismatch' ? checkMatchSeqNum(state.tail.seqNum, matchSeqNum) : undefined
  return other === undefined ? [] : [other]
}

const arrivalText = ({ isSound }: Arrival, { window }: SentAppend): object =>
  isSound ? {} : { 'time of arrival': `${window.earliest} to ${window.latest}` }

function refused(answer: Answer<unknown>, refusal: Refusal, after: World): Possibility {
  return { expected: showRefusal(refusal), fits: isRefusedAs(answer, refusal), after }
}

/** A token that is too long is refused with whatever 4xx says so where the body is read (REC-016). */
function asMalformed({ input, answer }: SentAppend, possibility: Possibility): Possibility {
  const length = Buffer.byteLength(input.fencingToken ?? '')
  if (possibility.fits || length <= 36) return possibility
  const { status } = answer
  return {
    ...possibility,
    fits: status >= 400 && status < 500 && status !== 412 && answer.error !== undefined,
  }
}

async function readBack({ streams }: Pick<Run, 'streams'>, index: number, { start, end }: AppendAck) {
  const answer = await streams[index]
    ?.over('json')
    .read({ seqNum: start.seqNum, count: end.seqNum - start.seqNum })
  return answer?.value?.records ?? []
}

/** The append that a step asks for, as numbers of the stream as it is. */
export function inputOf(step: AppendStep, { state }: Oracle, now: bigint): AppendInput {
  const records = filled(
    step.records.map((one) => recordOf(one, state.tail, now)),
    step.fill ?? {},
  )
  return {
    records,
    ...(step.match !== undefined && { matchSeqNum: notNegative(state.tail.seqNum + BigInt(step.match)) }),
    ...(step.token !== undefined && { fencingToken: TOKENS[step.token](state.fencingToken) }),
  }
}

const TOKENS = {
  current: (token: string) => token,
  other: (token: string) => (token === '' ? '!' : `${token.slice(0, -1)}${token.endsWith('!') ? '?' : '!'}`),
  long: () => 'a token of 37 bytes, one more than may'.slice(0, 37),
}

function recordOf(one: StepRecord, tail: Oracle['state']['tail'], now: bigint): AppendRecord {
  const timestamp = timeOf(one.timestamp, tail.timestamp, now)
  switch (one.record) {
    case 'data': {
      const headers = Array.from({ length: one.headers }, (_, index) => [`h${index}`, one.body] as const)
      return record(one.body, timestamp === undefined ? { headers } : { headers, timestamp })
    }
    case 'fence':
      return fence(one.token, timestamp)
    case 'trim':
      return trim(notNegative(tail.seqNum + BigInt(one.fromTail)), timestamp)
  }
}

function timeOf(time: StepTime | undefined, tail: bigint, now: bigint): bigint | undefined {
  if (time === undefined) return undefined
  if (time.at === 'number') return BigInt(time.value)
  return notNegative((time.at === 'tail' ? tail : now) + BigInt(time.plus))
}

/** Up to so many records, and so many metered bytes; what has more already stays as it is. */
function filled(records: readonly AppendRecord[], fill: Fill): readonly AppendRecord[] {
  const plain = record('x')
  const missing = Math.max(0, (fill.records ?? 0) - records.length)
  const all = [...records, ...Array.from({ length: missing }, () => plain)]
  if (fill.metered === undefined) return all
  const size = all.reduce((sum, one) => sum + meteredSize(one), 0n)
  const room = Number(BigInt(fill.metered) - size - 8n)
  const grown = { ...plain, body: new Uint8Array(Math.max(0, room)).fill(0x78) }
  return fill.records === undefined ? [...all, grown] : grownLast(all, room + 8)
}

function grownLast(records: readonly AppendRecord[], room: number): readonly AppendRecord[] {
  const last = records.at(-1)
  // A command's body is its argument.
  if (last === undefined || room <= 0 || last.headers.some(({ name }) => name.length === 0)) return records
  const body = Buffer.concat([last.body, new Uint8Array(room).fill(0x78)])
  return [...records.slice(0, -1), { ...last, body: new Uint8Array(body) }]
}
