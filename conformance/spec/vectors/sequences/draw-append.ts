import { command, fence, record, trim } from '../../../../client/records.ts'
import type { Random } from '../../../../kit/random.ts'
import type { AppendInput, AppendRecord, Format } from '../../../../proto/types.ts'
import { pickBetween, pickWeighted } from '../../../history/random.ts'
import type { Oracle } from '../../../model/oracle.ts'
import { FUTURE, LATEST_PAST, timeOf } from './times.ts'

const BODIES = ['', 'a', 'b', 'hello', 'ä😀', '"quoted"\\', 'line\nbreak', '\u0000', ' ', 'x'.repeat(40)]
const TOKENS = ['', 'a', 'A', 'w1', 'w2', ' w1', 'é', 'e\u0301', 'f'.repeat(36), 'é'.repeat(18)]
const TOO_LONG = ['f'.repeat(37), 'é'.repeat(19)]
const HUGE = [2n ** 32n, 2n ** 63n, 2n ** 64n - 1n]

/** Draws one of these. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

export const chance = (random: Random, percent: number): boolean => random() * 100 < percent

/** Draws an append of one to four records, with the conditions that it may carry. */
export function drawAppend(random: Random, { state }: Oracle, format: Format): AppendInput {
  const count = 1 + pickWeighted(random, [6, 4, 2, 1])
  const records = Array.from({ length: count }, () => drawRecord(random, state, format))
  return {
    records,
    ...(chance(random, 35) && { matchSeqNum: drawMatch(random, state.tail.seqNum) }),
    ...(chance(random, 30) && { fencingToken: drawToken(random, state.fencingToken) }),
  }
}

function drawMatch(random: Random, next: bigint): bigint {
  const near = next + BigInt(pickBetween(random, -2, 2))
  const candidates = [next, next, next, near < 0n ? 0n : near, 0n, next + pick(random, HUGE)]
  const match = pick(random, candidates)
  return match > 2n ** 64n - 1n ? 2n ** 64n - 1n : match
}

function drawToken(random: Random, current: string): string {
  if (chance(random, 60)) return current
  return chance(random, 8) ? pick(random, TOO_LONG) : pick(random, TOKENS)
}

type State = Oracle['state']

function drawRecord(random: Random, state: State, format: Format): AppendRecord {
  const timestamp = chance(random, 50) ? drawTimestamp(random, state.tail.timestamp) : undefined
  switch (pickWeighted(random, [76, 9, 11, 4])) {
    case 0:
      return drawData(random, format, timestamp)
    case 1:
      return fence(chance(random, 8) ? pick(random, TOO_LONG) : pick(random, TOKENS), timestamp)
    case 2:
      return trim(drawTrim(random, state.tail.seqNum, format), timestamp)
    default:
      return drawMalformed(random)
  }
}

function drawData(random: Random, format: Format, timestamp: bigint | undefined): AppendRecord {
  const isBinary = format === 'base64' && chance(random, 40)
  const body = isBinary ? Uint8Array.of(0xff, 0x00, pickBetween(random, 0, 255)) : pick(random, BODIES)
  const headers = Array.from(
    { length: pickWeighted(random, [6, 2, 1]) },
    () => [pick(random, ['k', 'K', 'ü']), pick(random, BODIES)] as const,
  )
  return record(body, timestamp === undefined ? { headers } : { headers, timestamp })
}

/** Around the records that the stream has; as raw text, an argument must be UTF-8. */
function drawTrim(random: Random, next: bigint, format: Format): bigint {
  if (chance(random, 15)) return format === 'raw' ? pick(random, [0n, 127n]) : pick(random, HUGE)
  const upTo = next + BigInt(pickBetween(random, -6, 2))
  return upTo < 0n ? 0n : upTo
}

/** Times before every arrival or after every arrival: which of two is larger must not depend on a clock. */
function drawTimestamp(random: Random, last: bigint): bigint {
  const tail = timeOf(last)
  const near = 'fixed' in tail ? [last + BigInt(pickBetween(random, -2, 3))] : []
  const given = pick(random, [
    BigInt(pickBetween(random, 0, 9)),
    LATEST_PAST - 1n,
    FUTURE + 5n,
    ...near,
    ...near,
  ])
  return given < 0n ? 0n : given
}

/** Command records that are refused. */
function drawMalformed(random: Random): AppendRecord {
  return pick(random, [
    command('unknown', new Uint8Array(0)),
    command('', new Uint8Array(0)),
    command('FENCE', new Uint8Array(0)),
    command('trim', new Uint8Array(7)),
    command('trim', new Uint8Array(9)),
    record('x', {
      headers: [
        ['', 'fence'],
        ['k', 'v'],
      ],
    }),
    record('x', {
      headers: [
        ['k', 'v'],
        ['', ''],
      ],
    }),
  ])
}
