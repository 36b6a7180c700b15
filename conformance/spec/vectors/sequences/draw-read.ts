import type { Random } from '../../../../kit/random.ts'
import { pickBetween, pickWeighted } from '../../../history/random.ts'
import type { Oracle } from '../../../model/oracle.ts'
import { chance, pick } from './draw-append.ts'
import type { ReadRequest } from './request.ts'
import { FUTURE, type Time, timeOf } from './times.ts'

/** Draws a read from each kind of start, with any of the bounds. */
export function drawRead(random: Random, oracle: Oracle, sse: boolean): ReadRequest {
  return {
    ...drawStart(random, oracle),
    ...(chance(random, 35) && { clamp: chance(random, 70) }),
    ...(chance(random, 45) && { count: BigInt(pickBetween(random, 0, 6)) }),
    ...(chance(random, 25) && { bytes: drawBytes(random, oracle) }),
    ...(chance(random, 25) && { until: drawTime(random, oracle) }),
    ...((sse || chance(random, 50)) && { wait: 0 }),
  }
}

function drawStart(random: Random, oracle: Oracle): ReadRequest {
  const { seqNum: next } = oracle.state.tail
  const near = next + BigInt(pickBetween(random, -8, 2))
  switch (pickWeighted(random, [1, 6, 3, 3, 1])) {
    case 0:
      return {}
    case 1:
      return { seqNum: near < 0n || chance(random, 30) ? 0n : near }
    case 2:
      return { tailOffset: pick(random, [0n, 1n, 2n, 3n, 5n, 100n]) }
    case 3:
      return { timestamp: drawTime(random, oracle) }
    default:
      return pick(random, [{ seqNum: 2n ** 63n }, { seqNum: 0n, tailOffset: 1n }, { seqNum: next + 128n }])
  }
}

/** The metered size of a run of records, or one byte less or more. */
function drawBytes(random: Random, { records }: Oracle): bigint {
  const from = pickBetween(random, 0, Math.max(0, records.length - 1))
  const run = records.slice(from, from + pickBetween(random, 1, 3))
  const size = run.reduce((sum, { headers, body }) => sum + sizeOf(headers, body), 0)
  return BigInt(Math.max(0, size + pick(random, [-1, 0, 0, 1])))
}

const sizeOf = (headers: Oracle['records'][number]['headers'], body: Uint8Array): number =>
  headers.reduce((sum, { name, value }) => sum + 2 + name.length + value.length, 8 + body.length)

/** The time of a record, one more than the last, or a time that none has. */
function drawTime(random: Random, { records, state }: Oracle): Time {
  const stored = records.map(({ timestamp }) => timeOf(timestamp))
  const tail = timeOf(state.tail.timestamp)
  const after: Time =
    'fixed' in tail ? { fixed: tail.fixed + 1n } : { arrival: tail.arrival, plus: tail.plus + 1n }
  const candidates: readonly Time[] = [
    { fixed: BigInt(pickBetween(random, 0, 10)) },
    { fixed: FUTURE + BigInt(pickBetween(random, 0, 9)) },
    tail,
    after,
    ...stored,
    ...stored,
  ]
  return pick(random, candidates)
}
