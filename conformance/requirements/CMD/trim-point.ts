import { batch, fence, record, trim } from '../../../client/records.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS, BINARY_APPENDERS } from '../transports.ts'

/** Trim points before, the trim's argument and number, and the trim point that they make. */
interface Case {
  readonly before: bigint
  readonly argument: bigint
  readonly at: bigint
  readonly after: bigint
}

const CASES: readonly Case[] = [
  { before: 0n, argument: 3n, at: 5n, after: 3n },
  { before: 0n, argument: 5n, at: 5n, after: 5n },
  { before: 0n, argument: 6n, at: 5n, after: 6n },
  { before: 0n, argument: 7n, at: 5n, after: 6n },
  { before: 0n, argument: 100n, at: 5n, after: 6n },
  { before: 4n, argument: 2n, at: 9n, after: 4n },
  { before: 4n, argument: 7n, at: 9n, after: 7n },
]

const BEYOND_RAW_JSON: readonly Case[] = [
  { before: 0n, argument: 1000n, at: 5n, after: 6n },
  { before: 0n, argument: 2n ** 64n - 1n, at: 5n, after: 6n },
  { before: 4n, argument: 2n ** 64n - 1n, at: 9n, after: 10n },
]

export const trimPoint: readonly Requirement[] = [
  requirement('CMD-016', 'Effective trim point', { on: APPENDERS }, async (context) => {
    const cases = context.transport === 'json' ? CASES : [...CASES, ...BEYOND_RAW_JSON]
    await Promise.all(cases.map((one) => judge(context, one)))
  }),

  onStream('CMD-017', 'Trim never moves back', { on: APPENDERS }, async ({ stream, expect }) => {
    const sent = Array.from({ length: 60 }, (_, index) => record(`record ${index}`))
    expect.ok(await stream.append({ records: sent }))
    expect.ok(await stream.append({ records: [trim(50n)] }))
    await expect.trimmedTo(stream, 50n)
    expect.equal(
      expect.ok(await stream.append({ records: [trim(10n)] })).start.seqNum,
      61n,
      'number of the trim',
    )
    const left = [...sent.slice(50), trim(50n), trim(10n)]
    await expect.kept(stream, 50n, left)
    const { records } = expect.ok(await stream.read({ seqNum: 10n, count: 1n }))
    expect.records(records, 50n, sent.slice(50, 51))
    // One more round of removal, then nothing else has come or gone.
    expect.ok(await stream.append({ records: [trim(51n)] }))
    await expect.trimmedTo(stream, 51n)
    await expect.kept(stream, 51n, [...left.slice(1), trim(51n)])
  }),

  onStream('CMD-018', 'trim(0)', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('a', 'b')))
    expect.equal(
      expect.ok(await stream.append({ records: [trim(0n)] })).start.seqNum,
      2n,
      'number of the trim',
    )
    await expect.kept(stream, 0n, [record('a'), record('b'), trim(0n)])
    expect.ok(await stream.append({ records: [trim(1n)] }))
    await expect.trimmedTo(stream, 1n)
    expect.ok(await stream.append({ records: [trim(0n)] }))
    await expect.kept(stream, 1n, [record('b'), trim(0n), trim(1n), trim(0n)])
  }),

  requirement('CMD-019', 'Trim beyond the tail', { on: BINARY_APPENDERS, seconds: 1 }, async (context) => {
    const { newStream, basin, expect } = context
    for (const argument of [1000n, 2n ** 64n - 1n]) {
      const stream = await newStream()
      expect.ok(await stream.append(batch(...Array.from({ length: 10 }, (_, index) => `${index}`))))
      expect.equal(
        expect.ok(await stream.append({ records: [trim(argument)] })).start.seqNum,
        10n,
        'number of the trim',
      )
      await expect.emptied(stream)
      await expect.tail(stream, 11n)
      // The stream lives on, and what comes now stays.
      expect.ok(await basin.getStreamConfig(stream.name))
      expect.equal(expect.ok(await stream.append(batch('a', 'b'))).start.seqNum, 11n, 'the next number')
      await expect.kept(stream, 11n, batch('a', 'b').records)
      expect.ok(await stream.append({ records: [trim(12n)] }))
      await expect.trimmedTo(stream, 12n)
      await expect.kept(stream, 12n, [record('b'), trim(12n)])
    }
  }),

  requirement('CMD-021', 'Trim does not touch the tail', { on: APPENDERS, seconds: 1 }, async (context) => {
    const { newStream, expect } = context
    const stream = await newStream({ timestamping: { uncapped: true } })
    const future = 9_000_000_000_000n
    const records = [record('a', { timestamp: future }), fence('token'), trim(4n)]
    expect.ok(await stream.append({ records }))
    const tail = { seqNum: 3n, timestamp: future }
    expect.equal(expect.ok(await stream.checkTail()), tail, 'tail before the removal')
    await expect.emptied(stream)
    expect.equal(expect.ok(await stream.checkTail()), tail, 'tail after the removal')
    // The token stays in force without the record that set it.
    const unfenced = await stream.append({ ...batch('x'), fencingToken: '' })
    expect.refused(unfenced, 412, { fencing_token_mismatch: 'token' })
    const next = { records: [record('c', { timestamp: 5n })], matchSeqNum: 3n, fencingToken: 'token' }
    expect.equal(expect.ok(await stream.append(next)).start, tail, 'position of the next record')
    await expect.kept(stream, 3n, [record('c')])
  }),
]

/** Data behind the trim, in its own batch, is never removed by it. */
async function judge(context: CheckContext, { before, argument, at, after }: Case): Promise<void> {
  const { newStream, expect } = context
  const stream = await newStream()
  const setUp: AppendRecord[] = Array.from({ length: Number(at) }, (_, index) => record(`record ${index}`))
  if (before > 0n) setUp[setUp.length - 1] = trim(before)
  expect.ok(await stream.append({ records: setUp }))
  const records = [trim(argument), record('behind'), record('further')]
  const { start, end } = expect.ok(await stream.append({ records }))
  expect.equal([start.seqNum, end.seqNum], [at, at + 3n], 'numbers of the trim and what follows it')
  expect.ok(await stream.append(batch('later')))
  await expect.trimmedTo(stream, after)
  const all = [...setUp, ...records, record('later')]
  await expect.kept(stream, after, all.slice(Number(after)))
  await expect.tail(stream, at + 4n)
}
