import { batch } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const retries: readonly Requirement[] = [
  onStream(
    'APP-030',
    'Retrying with match_seq_num after an unknown outcome',
    { on: APPENDERS },
    async (context) => {
      const { stream, expect, record } = context
      const sent = Array.from({ length: 12 }, (_, round) => batch(`${round} a`, `${round} b`))
      let applied = 0
      for (const [round, input] of sent.entries()) {
        const tail = BigInt(2 * round)
        const conditional = { ...input, matchSeqNum: tail }
        const lost = await stream.over('s2s').openAppend()
        // Cut when the batch was applied, right behind it, and right into it.
        const sending = lost.send(conditional).catch(() => undefined)
        if (round % 3 < 2) await sending
        if (round % 3 === 0) await untilTail(context, stream, tail + 2n)
        lost.cancel()
        await sending
        const { status, value, error } = await stream.append(conditional)
        expect.that(status === 200 || status === 412, 'the retry succeeds, or is refused with 412', status)
        expect.equal(value?.end.seqNum ?? error?.seq_num_mismatch, tail + 2n, 'the tail behind one copy')
        await expect.tail(stream, tail + 2n)
        applied += status === 412 ? 1 : 0
      }
      expect.that(
        applied >= sent.length / 3,
        'each attempt that had been applied makes its retry fail',
        applied,
      )
      const acknowledged = { ...batch('z'), matchSeqNum: 24n }
      expect.ok(await stream.append(acknowledged))
      expect.refused(await stream.append(acknowledged), 412, { seq_num_mismatch: 25n })
      await expect.holds(
        stream,
        [...sent, acknowledged].flatMap(({ records }) => records),
      )
      record(`the lost attempt had been applied in ${applied} of ${sent.length} rounds`)
    },
  ),

  onStream('APP-061', 'Idempotency of unary retries', { on: APPENDERS }, async (context) => {
    const { stream, expect, record } = context
    const first = expect.ok(await stream.append(batch('same')))
    const second = expect.ok(await stream.append(batch('same')))
    record(`two identical appends: ${second.end.seqNum} records`)
    expect.equal([first.start.seqNum, second.start.seqNum], [0n, 1n], 'numbers of the two copies')
    await expect.holds(stream, batch('same', 'same').records)
  }),
]

async function untilTail(
  { eventually, expect }: Pick<CheckContext, 'eventually' | 'expect'>,
  stream: StreamClient,
  seqNum: bigint,
): Promise<void> {
  await eventually(`the tail is ${seqNum}`, 30, async () =>
    expect.ok(await stream.checkTail()).seqNum === seqNum ? true : undefined,
  )
}
