import { batch, record, trim } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { Timestamp } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import { readAll } from '../../check/read-back.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'
import { expectArrival, HOUR, serverClock } from './arrival-time.ts'

export const timestampAdjustment: readonly Requirement[] = [
  requirement('APP-034', 'Cap at arrival (uncapped = false, default)', { on: APPENDERS }, async (context) => {
    const { newStream } = context
    const readClock = await serverClock(context)
    const streams = [await newStream(), await newStream({ timestamping: { uncapped: false } })]
    for (const stream of streams) {
      const before = await readClock()
      await append(context, stream, before + HOUR, MAX)
      await append(context, stream, before + 2n * HOUR)
      const after = await readClock()
      const timestamps = await stored(context, stream)
      context.expect.equal(timestamps.length, 3, 'number of records')
      for (const timestamp of timestamps) expectArrival(context, timestamp, before, after)
    }
  }),

  requirement('APP-035', 'Uncapped = true', { on: APPENDERS }, async (context) => {
    const { newStream, expect } = context
    const readClock = await serverClock(context)
    const stream = await newStream({ timestamping: { uncapped: true } })
    const future = [(await readClock()) + HOUR, 2n ** 53n + 1n, 2n ** 63n, MAX - 1n, MAX]
    for (const timestamp of future) {
      const { start, end } = expect.ok(await stream.append({ records: [record('x', { timestamp })] }))
      expect.equal(
        [start.timestamp, end.timestamp],
        [timestamp, timestamp],
        'timestamps of the acknowledgement',
      )
      expect.equal(expect.ok(await stream.checkTail()).timestamp, timestamp, 'tail.timestamp')
    }
    expect.equal(await stored(context, stream), future, 'timestamps')
  }),

  onStream('APP-036', 'Monotonic adjustment across batches', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    for (const timestamp of [2000n, 1000n, 0n, 2001n, 2000n]) await append(context, stream, timestamp)
    expect.equal(await stored(context, stream), [2000n, 2000n, 2000n, 2001n, 2001n], 'timestamps')
  }),

  onStream('APP-037', 'Monotonic adjustment inside a batch', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    await append(context, stream, 10n, 30n, 20n, 40n)
    await append(context, stream, 35n, 50n, 1n)
    expect.equal(await stored(context, stream), [10n, 30n, 30n, 40n, 40n, 50n, 50n], 'timestamps')
  }),

  onStream('APP-038', 'Past timestamps are not raised without need', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    for (const timestamp of [0n, 5n, 1_000_000_000_000n]) await append(context, stream, timestamp)
    expect.equal(await stored(context, stream), [0n, 5n, 1_000_000_000_000n], 'timestamps')
  }),

  requirement('APP-039', 'Monotonic floor beats the cap', { on: APPENDERS }, async (context) => {
    const { newStream, basin, expect } = context
    const readClock = await serverClock(context)
    const stream = await newStream({ timestamping: { uncapped: true } })
    const future = (await readClock()) + HOUR
    await append(context, stream, future)
    await append(context, stream, undefined, 5n)
    expect.ok(await basin.reconfigureStream(stream.name, { timestamping: { uncapped: false } }))
    await append(context, stream, 5n, undefined)
    await append(context, stream, future)
    expect.equal(await stored(context, stream), Array(6).fill(future), 'timestamps')

    const highest = await newStream({ timestamping: { uncapped: true } })
    await append(context, highest, MAX)
    await append(context, highest, undefined, 5n)
    expect.equal(await stored(context, highest), [MAX, MAX, MAX], 'timestamps behind the highest there is')
  }),

  requirement(
    'APP-041',
    'Timestamp state survives trim and restart',
    { on: APPENDERS, seconds: 1 },
    async (context) => {
      const { newStream, expect } = context
      const readClock = await serverClock(context)
      const stream = await newStream({ timestamping: { uncapped: true } })
      const future = (await readClock()) + HOUR
      await append(context, stream, future, future + 1n)
      expect.ok(await stream.append({ records: [trim(3n), ...batch('kept').records] }))
      await expect.trimmedTo(stream, 3n)
      expect.ok(await stream.append({ records: [trim(5n)] }))
      await expect.emptied(stream)
      expect.equal(expect.ok(await stream.checkTail()), { seqNum: 5n, timestamp: future + 1n }, 'tail')
      await append(context, stream, undefined, 5n)
      const { records } = expect.ok(await stream.read({ seqNum: 5n, count: 2n }))
      expect.records(records, 5n, [record('x'), record('x')])
      expect.equal(
        records.map(({ timestamp }) => timestamp),
        [future + 1n, future + 1n],
        'timestamps behind the trimmed records',
      )
    },
  ),
]

const MAX: Timestamp = 2n ** 64n - 1n

async function append(
  { expect }: CheckContext,
  stream: StreamClient,
  ...timestamps: readonly (Timestamp | undefined)[]
): Promise<void> {
  const records = timestamps.map((timestamp) => record('x', timestamp === undefined ? {} : { timestamp }))
  expect.ok(await stream.append({ records }))
}

const stored = async (context: CheckContext, stream: StreamClient): Promise<readonly Timestamp[]> =>
  (await readAll(context, stream)).map(({ timestamp }) => timestamp)
