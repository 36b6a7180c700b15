import { InconclusiveError } from '../../../client/failures.ts'
import { batch, record } from '../../../client/records.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { inputFrames } from '../../by-hand/frames.ts'
import { readAll } from '../../check/read-back.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { expectAcksInOrder, expectEnd, nextAcks, numbered, recordsOf } from '../S2S/session.ts'
import { FRAMES } from '../transports.ts'

export const sessions: readonly Requirement[] = [
  onStream('APP-044', 'One ack per batch, in submission order', { on: FRAMES }, async (context) => {
    const { stream, expect } = context
    const inputs = numbered('batch', 300)
    const session = await stream.openAppend()
    for (const input of inputs) await session.send(input)
    expectAcksInOrder(expect, await nextAcks(expect, session, inputs.length), inputs, 0n)
    session.closeSending()
    await expectEnd(expect, session)
    await expect.holds(stream, recordsOf(inputs))
  }),

  onStream('APP-045', 'Pipelining without waiting', { on: FRAMES }, async ({ stream, expect }) => {
    const inputs = numbered('pipelined', 200)
    const session = await stream.openAppend()
    await session.sendBytes(inputFrames(...inputs))
    expectAcksInOrder(expect, await nextAcks(expect, session, inputs.length), inputs, 0n)
    // The request was open all the while, and still is.
    const later = { ...batch('later'), matchSeqNum: 500n }
    await session.send(later)
    expectAcksInOrder(expect, await nextAcks(expect, session, 1), [later], 500n)
    session.closeSending()
    await expectEnd(expect, session)
    await expect.holds(stream, recordsOf([...inputs, later]))
  }),

  requirement('APP-049', 'Closing the request side', { on: FRAMES }, async ({ newStream, expect }) => {
    for (const count of [1, 2, 50]) {
      const stream = await newStream()
      const inputs = numbered('closed', count)
      const session = await stream.openAppend()
      await session.sendBytes(inputFrames(...inputs))
      session.closeSending()
      expectAcksInOrder(expect, await nextAcks(expect, session, count), inputs, 0n)
      await expectEnd(expect, session)
      await expect.holds(stream, recordsOf(inputs))
    }
  }),

  onStream('APP-050', 'Empty session', { on: FRAMES }, async ({ stream, expect }) => {
    const session = await stream.openAppend()
    session.closeSending()
    await expectEnd(expect, session)
    const headers = { 'content-type': 's2s/proto' }
    const raw = await stream.raw({
      method: 'POST',
      path: stream.recordsPath,
      headers,
      body: new Uint8Array(0),
    })
    expect.ok(raw)
    expect.equal(raw.body.length, 0, 'bytes of the response body')
    await expect.tail(stream, 0n)
  }),

  onStream('APP-051', 'Idle session stays open', { on: FRAMES, seconds: 65 }, async (context) => {
    const { stream, expect, sleep } = context
    const untouched = await stream.openAppend()
    const used = await stream.openAppend()
    await used.send(batch('before'))
    expectAcksInOrder(expect, await nextAcks(expect, used, 1), [batch('before')], 0n)
    await sleep(65_000)
    await used.send(batch('after'))
    expectAcksInOrder(expect, await nextAcks(expect, used, 1), [batch('after')], 1n)
    await untouched.send(batch('first'))
    expectAcksInOrder(expect, await nextAcks(expect, untouched, 1), [batch('first')], 2n)
    await expect.holds(stream, batch('before', 'after', 'first').records)
  }),

  requirement('APP-052', 'Abrupt client disconnect', { on: FRAMES }, async (context) => {
    const { newStream, expect, eventually, record: note } = context
    // More than a connection takes in at once, so that some of it is still under way when that is cut.
    const inputs = Array.from({ length: 200 }, (_, index) => ({
      records: ['a', 'b', 'c'].map((name) => record(`${index} ${name} `.padEnd(4000, name))),
    }))
    const kept: number[] = []
    for (const acked of [0, 1, 20]) {
      const stream = await newStream()
      const session = await stream.openAppend()
      const sending = session.sendBytes(inputFrames(...inputs)).catch(() => undefined)
      const acks = await nextAcks(expect, session, acked)
      session.cancel()
      await sending
      expectAcksInOrder(expect, acks, inputs.slice(0, acked), 0n)
      const acknowledged = acks.at(-1)?.end.seqNum ?? 0n
      // Whatever moment is looked at, whole batches are there, the first ones sent.
      const settled = await eventually('the tail rests', 30, async () => {
        const before = await readAll(context, stream)
        expect.equal(before.length % 3, 0, 'records of a torn batch')
        expect.that(before.length >= acknowledged, 'what was acknowledged is there', before.length)
        expect.records(before, 0n, recordsOf(inputs).slice(0, before.length))
        const { seqNum } = expect.ok(await stream.checkTail())
        return seqNum === BigInt(before.length) ? before.length : undefined
      })
      kept.push(settled)
    }
    note(`records kept of ${inputs.length * 3}: ${kept.join(', ')}`)
    if (kept.every((count) => count === inputs.length * 3)) {
      throw new InconclusiveError('every batch had arrived before the connection was cut')
    }
  }),

  onStream('APP-059', 'Large pipelined batches', { on: FRAMES }, async ({ stream, expect }) => {
    const inputs: readonly AppendInput[] = [1, 2, 3].flatMap((round) => [
      { records: [record(filled(1_048_568, round))] },
      { records: thousand(round) },
    ])
    const session = await stream.openAppend()
    for (const input of inputs) await session.send(input)
    session.closeSending()
    expectAcksInOrder(expect, await nextAcks(expect, session, inputs.length), inputs, 0n)
    await expectEnd(expect, session)
    await expect.holds(stream, recordsOf(inputs))
  }),
]

const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value)

/** 1000 records of 1,048,576 metered bytes: 8 each, and bodies of 1040 bytes but for one of 1616. */
const thousand = (value: number): AppendInput['records'] =>
  Array.from({ length: 1000 }, (_, index) => record(filled(index === 0 ? 1616 : 1040, value)))
