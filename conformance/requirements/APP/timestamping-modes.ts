import { fence, record, trim } from '../../../client/records.ts'
import { readAll } from '../../check/read-back.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'
import { expectArrival, HOUR, serverClock } from './arrival-time.ts'

export const timestampingModes: readonly Requirement[] = [
  requirement('APP-031', 'client-prefer (default)', { on: APPENDERS }, async (context) => {
    const { newStream, expect } = context
    const readClock = await serverClock(context)
    const streams = [await newStream(), await newStream({ timestamping: { mode: 'client-prefer' } })]
    for (const stream of streams) {
      const before = await readClock()
      const mixed = [
        record('a', { timestamp: 1000n }),
        record('b'),
        record('c', { timestamp: 2000n }),
        record('d'),
      ]
      const { start, end } = expect.ok(await stream.append({ records: mixed }))
      const after = await readClock()
      const [first, ...rest] = (await readAll(context, stream)).map(({ timestamp }) => timestamp)
      expect.equal([start.timestamp, first], [1000n, 1000n], 'the given timestamp, acknowledged and read')
      expect.equal(end.timestamp, rest.at(-1), 'end.timestamp')
      expect.equal(rest.length, 3, 'number of records behind the first')
      for (const timestamp of rest) expectArrival(context, timestamp, before, after)
    }
  }),

  requirement('APP-032', 'client-require', { on: APPENDERS }, async (context) => {
    const { newStream, expect } = context
    const stream = await newStream({ timestamping: { mode: 'client-require' } })
    const given = (timestamp: bigint) => record('given', { timestamp })
    const missing = record('missing')
    const refused = [
      [missing],
      [missing, given(5n), given(6n)],
      [given(5n), missing, given(6n)],
      [given(5n), given(6n), missing],
    ]
    for (const records of refused) expect.refused(await stream.append({ records }), 422, 'invalid')
    await expect.tail(stream, 0n)
    const { start, end } = expect.ok(await stream.append({ records: [given(0n), given(5n)] }))
    expect.equal(
      [start, end],
      [
        { seqNum: 0n, timestamp: 0n },
        { seqNum: 2n, timestamp: 5n },
      ],
      'start and end',
    )
    for (const records of refused) expect.refused(await stream.append({ records }), 422, 'invalid')
    await expect.tail(stream, 2n)
    const stored = (await readAll(context, stream)).map(({ timestamp }) => timestamp)
    expect.equal(stored, [0n, 5n], 'timestamps')
  }),

  requirement('APP-033', 'arrival', { on: APPENDERS }, async (context) => {
    const { newStream, expect } = context
    const readClock = await serverClock(context)
    for (const uncapped of [false, true]) {
      const stream = await newStream({ timestamping: { mode: 'arrival', uncapped } })
      const before = await readClock()
      const records = [record('a', { timestamp: 1n }), record('b', { timestamp: before + HOUR }), record('c')]
      expect.ok(await stream.append({ records }))
      const after = await readClock()
      const stored = await readAll(context, stream)
      expect.records(stored, 0n, records)
      for (const { timestamp } of stored) expectArrival(context, timestamp, before, after)
    }
  }),

  onStream('APP-040', 'One arrival instant per batch', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const records = Array.from({ length: 1000 }, (_, index) => record(`${index}`))
    const { start, end } = expect.ok(await stream.append({ records }))
    const stored = (await readAll(context, stream)).map(({ timestamp }) => timestamp)
    expect.equal(stored.length, 1000, 'number of records')
    expect.equal([...new Set(stored)], [start.timestamp], 'the distinct timestamps of one batch')
    expect.equal(end.timestamp, start.timestamp, 'end.timestamp')
  }),

  requirement(
    'APP-042',
    'Command records take timestamps like any other record',
    { on: APPENDERS },
    async (context) => {
      const { newStream, expect } = context
      const readClock = await serverClock(context)
      const given = await newStream({ timestamping: { mode: 'client-require' } })
      for (const command of [fence('x'), trim(0n)]) {
        expect.refused(await given.append({ records: [command] }), 422, 'invalid')
      }
      await expect.tail(given, 0n)
      const records = [fence('x', 20n), trim(0n, 10n), record('data', { timestamp: 15n }), fence('y', 30n)]
      expect.ok(await given.append({ records }))
      const stored = (await readAll(context, given)).map(({ timestamp }) => timestamp)
      expect.equal(stored, [20n, 20n, 20n, 30n], 'timestamps')

      const arriving = await newStream({ timestamping: { mode: 'arrival' } })
      const before = await readClock()
      const { start, end } = expect.ok(await arriving.append({ records: [fence('x', 1n), trim(0n)] }))
      const after = await readClock()
      expectArrival(context, start.timestamp, before, after)
      expectArrival(context, end.timestamp, before, after)
    },
  ),
]
