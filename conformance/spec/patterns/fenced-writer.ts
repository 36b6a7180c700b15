import assert from 'node:assert/strict'
import { batch, fence } from '../../../client/records.ts'
import { appendFrame } from '../../../client/sessions/s2s-append.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { BASIN } from './basin.ts'
import type { Pattern } from './pattern.ts'
import { accepted, refused, textsOf } from './run/answers.ts'

/** Hands a stream from one writer to the next: after the fence, the old writer stores nothing. */
export const fencedWriter: Pattern = {
  slug: 'fenced-writer',
  needsFaults: false,
  async run({ step, stream, aside }) {
    await accepted(aside.basin(BASIN).createStream('ledger'))
    const ledger = stream('ledger')

    step(1)
    await accepted(ledger.append({ records: [fence('writer-a')], fencingToken: '' }))
    await accepted(ledger.append(by('writer-a', 'a1')))
    const queue = await stream('ledger', 's2s').openAppend()
    await queue.send(by('writer-a', 'a2'))
    await accepted(queue.next())

    step(2)
    const claim = { records: [fence('writer-b')], fencingToken: '' }
    const { fencing_token_mismatch: owner } = await refused(412, ledger.append(claim))
    assert.equal(owner, 'writer-a')

    step(3)
    const takeover = await stream('ledger', 's2s').openAppend()
    await takeover.sendBytes(
      framesOf({ ...claim, fencingToken: owner }, by('writer-b', 'b1'), by('writer-b', 'b2')),
    )
    for (const expected of [3n, 4n, 5n]) {
      assert.equal((await accepted(takeover.next())).start.seqNum, expected)
    }
    takeover.closeSending()
    assert.equal((await takeover.next()).status, 0)

    step(4)
    const unary = await refused(412, ledger.append(by('writer-a', 'a3')))
    assert.equal(unary.fencing_token_mismatch, 'writer-b')

    // The session belongs to step 1, where it was opened.
    await queue.sendBytes(framesOf(by('writer-a', 'a4'), batch('a5')))
    const ended = await refused(412, queue.next())
    assert.equal(ended.fencing_token_mismatch, 'writer-b')
    assert.equal((await queue.next()).status, 0)

    step(5)
    const { records } = await accepted(ledger.read({ seqNum: 0n }))
    assert.deepEqual(textsOf(records), ['writer-a', 'a1', 'a2', 'writer-b', 'b1', 'b2'])

    step(6)
    await accepted(ledger.append(batch('without a token')))
  },
}

const by = (fencingToken: string, body: string): AppendInput => ({ ...batch(body), fencingToken })

/** The frames of several batches, to be sent without waiting. */
const framesOf = (...inputs: readonly AppendInput[]): Uint8Array => Buffer.concat(inputs.map(appendFrame))
