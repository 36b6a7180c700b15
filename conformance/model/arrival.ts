import type { Answer } from '../../client/answer.ts'
import { deepEqual } from '../../kit/deep-equal.ts'
import type { AppendAck, AppendInput, SequencedRecord } from '../../proto/types.ts'
import type { Timestamping } from '../../reference-server/semantics/append/timestamping.ts'
import { isRefusal } from '../../reference-server/semantics/refusal.ts'
import { expectAppend, type Oracle } from './oracle.ts'

/** When an append can have arrived, by the server's clock. */
export interface Window {
  readonly earliest: bigint
  readonly latest: bigint
}

export interface Arrival {
  readonly at: bigint
  /** False: what the answer shows as the time of arrival lies outside of the window. */
  readonly isSound: boolean
  /** Set where nothing shows the time of arrival, so that `at` is only one that is possible. */
  readonly isAssumed?: true
}

interface Stamped {
  readonly oracle: Oracle
  readonly input: AppendInput
  readonly timestamping: Timestamping
  readonly answer: Answer<AppendAck>
  readonly window: Window
}

/**
 * The time of arrival that only the server knows, from what it answered. Where a batch shows it neither at its start nor at
 * its end, its records are read back.
 */
export async function arrivalOf(
  { oracle, input, timestamping, answer, window }: Stamped,
  readBack: (ack: AppendAck) => Promise<readonly SequencedRecord[]>,
): Promise<Arrival> {
  const { earliest, latest } = window
  const ack = answer.value
  const outcome = (at: bigint) => expectAppend(oracle, input, at, timestamping)
  if (ack === undefined || isSame(outcome(earliest), outcome(latest))) return { at: latest, isSound: true }
  const before = oracle.state.tail.timestamp
  const stored = () => stampedIn(input, ack, window, readBack)
  const shown = await shownArrival(input, timestamping, before, ack, stored)
  // Where nothing shows it, it is only known that no record is older than one that came before it.
  return shown === undefined
    ? { at: within(window, ack.end.timestamp), isSound: true, isAssumed: true }
    : { at: shown, isSound: earliest <= shown && shown <= latest }
}

/** Same acks and same new records. */
function isSame(left: ReturnType<typeof expectAppend>, right: ReturnType<typeof expectAppend>): boolean {
  if (isRefusal(left) || isRefusal(right)) return isRefusal(left) === isRefusal(right)
  if (!deepEqual(left.ack, right.ack)) return false
  const first = Number(left.ack.start.seqNum)
  return left.after.records
    .slice(first)
    .every(({ timestamp }, index) => timestamp === right.after.records[first + index]?.timestamp)
}

async function shownArrival(
  { records }: AppendInput,
  { mode, uncapped }: Timestamping,
  before: bigint,
  ack: AppendAck,
  storedArrival: () => Promise<bigint | undefined>,
): Promise<bigint | undefined> {
  // A capped batch ends with its time of arrival, or none of its records has it.
  if (mode === 'arrival' || !uncapped) return ack.end.timestamp
  if (isStampedOnArrival(records[0])) return ack.start.timestamp
  // Timestamps never fall: what lies above all that were given and all before is the time of arrival.
  const given = records.map(({ timestamp = 0n }) => timestamp)
  const isBeyondAll = [before, ...given].every((timestamp) => timestamp < ack.end.timestamp)
  return isBeyondAll ? ack.end.timestamp : await storedArrival()
}

const within = ({ earliest, latest }: Window, time: bigint): bigint =>
  time < earliest ? earliest : time > latest ? latest : time

/**
 * The timestamp of the first record that was stamped on arrival; where a trim of the batch has taken it by now, of another that
 * was not raised above its own. Undefined where all are gone.
 */
async function stampedIn(
  { records }: AppendInput,
  ack: AppendAck,
  { earliest, latest }: Window,
  readBack: (ack: AppendAck) => Promise<readonly SequencedRecord[]>,
): Promise<bigint | undefined> {
  const stamped = records.flatMap((record, index) =>
    isStampedOnArrival(record) ? [ack.start.seqNum + BigInt(index)] : [],
  )
  const stored = (await readBack(ack)).filter(({ seqNum }) => stamped.includes(seqNum))
  const [first] = stored
  if (first !== undefined && first.seqNum === stamped[0]) return first.timestamp
  return stored.find(({ timestamp }) => earliest <= timestamp && timestamp <= latest)?.timestamp
}

export const isStampedOnArrival = (record: AppendInput['records'][number] | undefined): boolean =>
  record?.timestamp === undefined
