import { batch, fence } from '../../../client/records.ts'
import { inputFrames } from '../../by-hand/frames.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS, FRAMES } from '../transports.ts'

export const fencingToken: readonly Requirement[] = [
  onStream('APP-014', 'Fencing token success', { on: APPENDERS }, async ({ stream, expect }) => {
    for (const token of ['t', 'my-token', 'x'.repeat(36)]) {
      expect.ok(await stream.append({ records: [fence(token)] }))
      expect.ok(await stream.append({ ...batch('a'), fencingToken: token }))
      expect.ok(await stream.append({ ...batch('b', 'c'), fencingToken: token }))
    }
    await expect.tail(stream, 12n)
  }),

  onStream('APP-015', 'Fencing token mismatch', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [fence('Toké')] }))
    // The last one is the same text in its decomposed form.
    for (const wrong of ['toké', 'TOKÉ', 'Toké ', ' Toké', 'Tok', 'Tokés', 'Toke', 'x', '', 'Toke\u0301']) {
      const answer = await stream.append({ ...batch('x'), fencingToken: wrong })
      expect.refused(answer, 412, { fencing_token_mismatch: 'Toké' })
    }
    await expect.holds(stream, [fence('Toké')])
  }),

  onStream('APP-016', 'Absent token is not checked', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ records: [fence('token')] }))
    expect.ok(await stream.append(batch('a')))
    expect.ok(await stream.append({ ...batch('b'), matchSeqNum: 2n }))
    await expect.holds(stream, [fence('token'), ...batch('a', 'b').records])
  }),

  onStream('APP-017', 'Initial token is the empty string', { on: APPENDERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append({ ...batch('a'), fencingToken: '' }))
    expect.ok(await stream.append({ records: [fence('token')], fencingToken: '' }))
    const answer = await stream.append({ ...batch('x'), fencingToken: '' })
    expect.refused(answer, 412, { fencing_token_mismatch: 'token' })
    expect.ok(await stream.append({ records: [fence('')], fencingToken: 'token' }))
    expect.ok(await stream.append({ ...batch('b'), fencingToken: '' }))
    const [a, b] = batch('a', 'b').records
    await expect.holds(
      stream,
      [a, fence('token'), fence(''), b].filter((sent) => sent !== undefined),
    )
  }),

  onStream('APP-018', 'Non-empty token against unfenced stream', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const fresh = await stream.append({ ...batch('x'), fencingToken: 'x' })
    expect.refused(fresh, 412, { fencing_token_mismatch: '' })
    expect.equal(fresh.error?.json, { fencing_token_mismatch: '' }, 'body of the refusal')
    await expect.tail(stream, 0n)
  }),

  onStream('APP-023', 'Fence takes effect for the next sequenced append', { on: FRAMES }, async (context) => {
    const { stream, expect } = context
    expect.ok(await stream.append({ records: [fence('old')] }))
    const session = await stream.openAppend()
    await session.sendBytes(
      inputFrames(
        { records: [fence('x')] },
        { ...batch('new'), fencingToken: 'x' },
        { ...batch('late'), fencingToken: 'old' },
      ),
    )
    expect.equal(expect.ok(await session.next()).start.seqNum, 1n, 'number of the fence')
    expect.equal(expect.ok(await session.next()).start.seqNum, 2n, 'number of the record behind it')
    expect.refused(await session.next(), 412, { fencing_token_mismatch: 'x' })
    await expect.holds(stream, [fence('old'), fence('x'), ...batch('new').records])
  }),

  onStream(
    'APP-024',
    'A batch containing a fence is checked against the token before it',
    { on: APPENDERS },
    async ({ stream, expect }) => {
      expect.ok(await stream.append({ records: [fence('a')] }))
      const early = await stream.append({ records: [fence('b')], fencingToken: 'b' })
      expect.refused(early, 412, { fencing_token_mismatch: 'a' })
      expect.ok(await stream.append({ records: [fence('b'), ...batch('c').records], fencingToken: 'a' }))
      expect.ok(await stream.append({ ...batch('d'), fencingToken: 'b' }))
      await expect.holds(stream, [fence('a'), fence('b'), ...batch('c', 'd').records])
    },
  ),

  onStream('APP-025', 'Several fences in one batch', { on: APPENDERS }, async ({ stream, expect }) => {
    const data = batch('data').records
    expect.ok(await stream.append({ records: [fence('a'), ...data, fence('b')] }))
    const first = await stream.append({ ...batch('x'), fencingToken: 'a' })
    expect.refused(first, 412, { fencing_token_mismatch: 'b' })
    expect.ok(await stream.append({ ...batch('c'), fencingToken: 'b' }))
    expect.ok(await stream.append({ records: [fence('d'), fence('')] }))
    const cleared = await stream.append({ ...batch('x'), fencingToken: 'd' })
    expect.refused(cleared, 412, { fencing_token_mismatch: '' })
    await expect.tail(stream, 6n)
  }),
]
