import { batch, fence } from '../../../client/records.ts'
import { inputFrames } from '../../by-hand/frames.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { FRAMES } from '../transports.ts'
import { acksOf, failedSession, postFrames } from './raw-session.ts'
import { expectAcksInOrder, expectEnd, nextAcks, numbered } from './session.ts'

export const appendSession: readonly Requirement[] = [
  onStream('S2S-021', 'Acks while the request is open', { on: FRAMES }, async ({ stream, expect }) => {
    const session = await stream.openAppend()
    const inputs = numbered('one by one', 10)
    let next = 0n
    for (const input of inputs) {
      // Each ack is awaited before anything else is sent.
      await session.send(input)
      expectAcksInOrder(expect, await nextAcks(expect, session, 1), [input], next)
      next += BigInt(input.records.length)
      await expect.tail(stream, next)
    }
    session.closeSending()
    await expectEnd(expect, session)
  }),

  onStream('S2S-028', 'Condition failure', { on: FRAMES }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [fence('token')] }))
    const failures = [
      [{ ...batch('x'), matchSeqNum: 0n }, { seq_num_mismatch: 2 }],
      [{ ...batch('x'), matchSeqNum: 2n ** 64n - 1n }, { seq_num_mismatch: 2 }],
      [{ ...batch('x'), fencingToken: '' }, { fencing_token_mismatch: 'token' }],
      [{ ...batch('x'), fencingToken: 'Token', matchSeqNum: 2n }, { fencing_token_mismatch: 'token' }],
    ] as const
    expect.ok(await stream.append(batch('a')))
    for (const [failing, json] of failures) {
      const alone = failedSession(expect, await postFrames(stream, inputFrames(failing)))
      expect.equal(alone, { acks: [], terminal: { status: 412, json } }, 'acks and terminal frame')
    }
    await expect.holds(stream, [fence('token'), ...batch('a').records])
  }),

  onStream('S2S-027', 'Nothing after a terminal frame', { on: FRAMES }, async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('a')))
    const stale = { ...batch('x'), matchSeqNum: 0n }
    const invalid = { records: [] }
    const tails = [
      [stale, stale, stale],
      [stale, batch('y'), invalid],
      [invalid, invalid, batch('y')],
      [invalid, stale, batch('y')],
    ]
    for (const inputs of tails) {
      // `failedSession` allows one terminal frame, and that as the last.
      const { acks, terminal } = failedSession(expect, await postFrames(stream, inputFrames(...inputs)))
      expect.equal(acks.length, 0, 'number of acks')
      expect.equal(terminal.status, inputs[0] === stale ? 412 : 422, 'status of the first failure')
    }
    await expect.holds(stream, batch('a').records)
  }),

  onStream('S2S-029', 'Client keeps sending after the terminal frame', { on: FRAMES }, async (context) => {
    const { stream, expect } = context
    for (const failing of [{ ...batch('x'), matchSeqNum: 9n }, { records: [] }]) {
      const session = await stream.openAppend()
      await session.send(failing)
      const { status } = await session.next()
      expect.equal(status, 'matchSeqNum' in failing ? 412 : 422, 'status of the terminal frame')
      // The target may have reset the stream: what cannot be written then is no fault of its.
      for (const late of ['y', 'z']) await session.send(batch(late)).catch(() => undefined)
      session.closeSending()
      await expect.tail(stream, 0n)
    }
    expectAcksInOrder(
      expect,
      acksOf(expect, await postFrames(stream, inputFrames(batch('a')))),
      [batch('a')],
      0n,
    )
    await expect.holds(stream, batch('a').records)
  }),
]
