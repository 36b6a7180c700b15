import { expect, test } from 'vitest'
import { record } from '../../client/records.ts'
import { arrivalOf } from './arrival.ts'
import { FRESH } from './oracle.ts'

const NOW = 1_800_000_000_000n
const HOUR = 3_600_000n

const stored = (...timestamps: readonly bigint[]) =>
  timestamps.map((timestamp, index) => ({
    seqNum: BigInt(index),
    timestamp,
    headers: [],
    body: new Uint8Array(0),
  }))

async function shown(given: readonly (bigint | undefined)[], came: readonly bigint[], goneBelow = 0n) {
  let readBacks = 0
  const [start = 0n, end = 0n] = [came[0], came.at(-1)]
  const tail = { seqNum: BigInt(came.length), timestamp: end }
  const arrival = await arrivalOf(
    {
      oracle: FRESH,
      input: { records: given.map((timestamp) => record('x', timestamp === undefined ? {} : { timestamp })) },
      timestamping: { mode: 'client-prefer', uncapped: true },
      answer: {
        status: 200,
        headers: {},
        value: { start: { seqNum: 0n, timestamp: start }, end: tail, tail },
        error: undefined,
        body: new Uint8Array(0),
      },
      window: { earliest: NOW - 60_000n, latest: NOW + 60_000n },
    },
    () => {
      readBacks += 1
      return Promise.resolve(stored(...came).filter(({ seqNum }) => seqNum >= goneBelow))
    },
  )
  return { ...arrival, readBacks }
}

test.each<[name: string, given: readonly (bigint | undefined)[], came: readonly bigint[], readBacks: number]>(
  [
    [
      'stamped first, the future in between',
      [undefined, NOW + HOUR, undefined],
      [NOW, NOW + HOUR, NOW + HOUR],
      0,
    ],
    [
      'stamped first, a little later in between',
      [undefined, NOW + 27n, undefined],
      [NOW, NOW + 27n, NOW + 27n],
      0,
    ],
    ['stamped last', [5n, undefined], [5n, NOW], 0],
    ['stamped in the middle, an old one last', [5n, undefined, 7n], [5n, NOW, NOW], 0],
    ['stamped in the middle alone', [5n, undefined, NOW + HOUR], [5n, NOW, NOW + HOUR], 1],
    [
      'stamped last, but held up by the future',
      [5n, undefined, NOW + HOUR, undefined],
      [5n, NOW, NOW + HOUR, NOW + HOUR],
      1,
    ],
  ],
)('the time of arrival of a batch %s', async (_name, given, came, readBacks) => {
  expect(await shown(given, came)).toEqual({ at: NOW, isSound: true, readBacks })
})

test('of which a trim has taken the first that was stamped is that of another', async () => {
  const given = [5n, undefined, undefined, NOW + HOUR]
  const came = [5n, NOW, NOW, NOW + HOUR]
  expect(await shown(given, came, 2n)).toEqual({ at: NOW, isSound: true, readBacks: 1 })
})

test('of which a trim has taken all that were stamped is not known, and nobody is accused', async () => {
  const given = [5n, undefined, NOW + HOUR, undefined]
  const came = [5n, NOW, NOW + HOUR, NOW + HOUR]
  expect(await shown(given, came, 2n)).toMatchObject({ isSound: true, readBacks: 1 })
})

test('of which nothing is left is not later than its end, which the ack tells', async () => {
  const { at, isSound } = await shown([5n, undefined, NOW + 7n], [5n, NOW, NOW + 7n], 3n)
  expect({ isLate: at > NOW + 7n, isSound }).toEqual({ isLate: false, isSound: true })
})

test('one outside of the window is not sound', async () => {
  expect(await shown([undefined], [NOW + HOUR])).toMatchObject({ isSound: false })
})
