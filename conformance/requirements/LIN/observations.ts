import { batch } from '../../../client/records.ts'
import type { ReadSession } from '../../../client/stream-client.ts'
import { evidence } from '../../../client/watch.ts'
import type { Position, SequencedRecord } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import { readAll } from '../../check/read-back.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { READERS, SESSIONS } from '../transports.ts'
import { type Writing, whileWriting, write } from './writers.ts'

const FREE_TIMES = { timestamping: { mode: 'client-prefer', uncapped: true } }

export const observations: readonly Requirement[] = [
  requirement('LIN-022', 'Timestamps', async (context) => {
    const { newStream, expect } = context
    const stream = await newStream(FREE_TIMES)
    const writing = write(context, stream)
    const told: Position[] = []
    await whileWriting(writing, async () => void told.push(expect.ok(await stream.checkTail())))
    const acks = await writing.done
    const log = await readAll(context, stream.over(stream.transport))
    const falls = log.filter(({ timestamp }, index) => timestamp < (log[index - 1]?.timestamp ?? 0n))
    expect.equal(falls, [], 'records whose timestamp is less than that before')
    for (const { seqNum, timestamp } of [...told, ...acks.flatMap(({ end, tail }) => [end, tail])]) {
      const before = seqNum === 0n ? 0n : log[Number(seqNum) - 1]?.timestamp
      expect.equal(timestamp, before, `timestamp of the tail ${seqNum}`)
    }
  }),

  requirement('LIN-023', 'Tail observations', { on: READERS }, async (context) => {
    const { newStream, transport, expect } = context
    const stream = await newStream(FREE_TIMES)
    const writing = write(context, stream)
    const within = async (what: string, ask: () => Promise<bigint | undefined>): Promise<void> => {
      const least = writing.acknowledged()
      const tail = await ask()
      const most = writing.sent()
      if (tail === undefined) return
      const range = `${what}: ${least} to ${most}`
      expect.that(tail >= least && tail <= most, range, tail)
    }
    const sessions = SESSIONS.some((each) => each === transport)
      ? [await stream.openRead({ seqNum: 0n })]
      : []
    const following = sessions.map((session) => tailsOf(context, session, writing))
    await whileWriting(writing, async () => {
      await within('tail of check-tail', async () => expect.ok(await stream.checkTail()).seqNum)
      await within('tail of a 416', async () => {
        const far = await stream.read({ seqNum: 1_000_000n, count: 1n })
        expect.status(far, 416)
        return expect.present(far.error?.tail, 'tail of the 416').seqNum
      })
      // Optional there (READ-062).
      if (writing.acknowledged() === 0n) return
      const read = { tailOffset: 1n, count: 1n }
      await within('tail of a read', async () => expect.ok(await stream.read(read)).tail?.seqNum)
    })
    for (const { start, end, tail } of await writing.done) {
      expect.that(
        start.seqNum < end.seqNum && end.seqNum <= tail.seqNum,
        'start < end <= tail of an ack',
        tail,
      )
      expect.that(tail.seqNum <= writing.sent(), 'the tail of an ack was sent', tail)
    }
    for (const tails of await Promise.all(following)) {
      expect.equal(
        tails,
        tails.toSorted((a, b) => Number(a - b)),
        'tails of the session, none less than an earlier',
      )
    }
  }),

  requirement('LIN-024', 'Followers', { on: SESSIONS }, async (context) => {
    const { newStream, expect } = context
    const stream = await newStream(FREE_TIMES)
    const fromStart = await stream.openRead({ seqNum: 0n })
    const writing = write(context, stream)
    const late = await stream.openRead({ tailOffset: 0n })
    await writing.done
    const { end } = expect.ok(await stream.append(batch('last')))
    const log = await readAll(context, stream.over(stream.transport))
    expect.equal(BigInt(log.length), end.seqNum, 'records of the log, up to the last append')
    expect.equal(await fromStart.records(log.length), log, 'records that were followed from 0')
    const some = await late.records(1)
    const from = Number(some[0]?.seqNum ?? 0n)
    const rest = await late.records(log.length - from - some.length)
    expect.equal([...some, ...rest], log.slice(from), `records that were followed from ${from}`)
  }),

  requirement('LIN-026', 'Partial reads', { on: READERS }, async (context) => {
    const { newStream, random, expect } = context
    const stream = await newStream(FREE_TIMES)
    const writing = write(context, stream)
    const seen: SequencedRecord[] = []
    await whileWriting(writing, async () => {
      // Whoever has nothing to ask for must still let the others run.
      const { seqNum: tail } = await evidence('it says what can be asked for', async () =>
        expect.ok(await stream.checkTail()),
      )
      const acknowledged = Number(tail)
      if (acknowledged === 0) return
      const seqNum = BigInt(Math.floor(random() * acknowledged))
      const { records } = expect.ok(
        await stream.read({ seqNum, count: BigInt(1 + Math.floor(random() * 20)) }),
      )
      expect.equal(records[0]?.seqNum, seqNum, 'the number that a read began with')
      seen.push(...records)
    })
    await writing.done
    const log = await readAll(context, stream.over(stream.transport))
    expect.equal(BigInt(log.length), writing.sent(), 'records of the log')
    for (const each of seen)
      expect.equal(each, log[Number(each.seqNum)], `record ${each.seqNum}, then and later`)
  }),

  requirement('LIN-027', 'Monotonic visibility', { on: READERS }, async (context) => {
    const { newStream, expect } = context
    const stream = await newStream(FREE_TIMES)
    const writing = write(context, stream)
    await whileWriting(writing, async () => {
      const tail = expect.ok(await stream.checkTail()).seqNum
      for (const end of [tail, writing.acknowledged()]) {
        if (end === 0n) continue
        const { records } = expect.ok(await stream.read({ seqNum: end - 1n, count: 1n }))
        expect.equal(
          records.map(({ seqNum }) => seqNum),
          [end - 1n],
          'the record before a tail that was seen',
        )
      }
    })
    await writing.done
    expect.equal(expect.ok(await stream.checkTail()).seqNum, writing.sent(), 'tail.seq_num at the end')
  }),
]

/** Tails of a session's batches and heartbeats, until it has brought all that was written. */
async function tailsOf(
  { expect }: CheckContext,
  session: ReadSession,
  writing: Writing,
): Promise<readonly bigint[]> {
  const tails: bigint[] = []
  for (let next = 0n; !writing.isOver() || next < writing.sent(); ) {
    const event = await session.next()
    if (event.kind === 'error' || event.kind === 'end') {
      expect.that(false, 'a session that goes on', event.kind)
      return tails
    }
    const tail = event.kind === 'batch' ? event.batch.tail : event.tail
    if (event.kind === 'batch') next = (event.batch.records.at(-1)?.seqNum ?? next - 1n) + 1n
    if (tail === undefined) continue
    const range = `a tail from ${next} to ${writing.sent()}`
    expect.that(tail.seqNum >= next && tail.seqNum <= writing.sent(), range, tail)
    tails.push(tail.seqNum)
  }
  return tails
}
