import { batch, command, record } from '../../../client/records.ts'
import type { AppendInput, AppendRecord } from '../../../proto/types.ts'
import { demandOverlap, timed } from '../../check/overlap.ts'
import { readAll } from '../../check/read-back.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const atomicity: readonly Requirement[] = [
  onStream('APP-004', 'Batch is contiguous and in order', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const clients = Array.from({ length: 8 }, (_, client) => client)
    const appended = await Promise.all(
      clients.flatMap((client) =>
        [1, 2, 3].map(async (turn) => {
          const input = batch(...['a', 'b', 'c', 'd', 'e'].map((letter) => `${client} ${turn} ${letter}`))
          return { input, ack: await timed(context, client, () => stream.append(input)) }
        }),
      ),
    )
    const stored = await readAll(context, stream)
    expect.equal(stored.length, 24 * 5, 'number of records')
    for (const { input, ack } of appended) {
      const { start, end } = expect.ok(ack.value)
      const held = stored.filter(({ seqNum }) => seqNum >= start.seqNum && seqNum < end.seqNum)
      expect.equal(end.seqNum - start.seqNum, 5n, 'numbers of a batch of five')
      expect.records(held, start.seqNum, input.records)
    }
    demandOverlap(
      context,
      appended.map(({ ack }) => ack),
    )
  }),

  onStream('APP-005', 'Batch is all or nothing', { on: APPENDERS }, async ({ stream, newStream, expect }) => {
    const demanding = await newStream({ timestamping: { mode: 'client-require' } })
    const good = record('good', { timestamp: 1n })
    const unknownCommand = command('no-such-command', new Uint8Array(0), 1n)
    const nameless = record('x', {
      headers: [
        ['a', 'b'],
        ['', 'c'],
      ],
      timestamp: 1n,
    })
    for (const target of [stream, demanding]) {
      for (const bad of [unknownCommand, nameless]) {
        for (const records of around(good, bad))
          expect.refused(await target.append({ records }), 422, 'invalid')
      }
      await expect.tail(target, 0n)
    }
    for (const records of around(good, record('without a timestamp'))) {
      expect.refused(await demanding.append({ records }), 422, 'invalid')
    }
    const tooLarge = record(new Uint8Array(1_048_569).fill(0x61), { timestamp: 1n })
    expect.status(await stream.append({ records: [good, tooLarge, good] }), 422, 400, 413)
    const accepted: AppendInput = { records: [good, good] }
    for (const target of [stream, demanding]) {
      await expect.tail(target, 0n)
      expect.equal(
        expect.ok(await target.append(accepted)).start.seqNum,
        0n,
        'first number after the refusals',
      )
      await expect.holds(target, accepted.records)
    }
  }),
]

/** The bad record first, in the middle, and last. */
const around = (good: AppendRecord, bad: AppendRecord): readonly (readonly AppendRecord[])[] => [
  [bad, good, good],
  [good, bad, good],
  [good, good, bad],
]
