import { InconclusiveError } from '../../../client/failures.ts'
import { batch, trim } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { inputFrames } from '../../by-hand/frames.ts'
import { readAll } from '../../check/read-back.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { FRAMES, READERS } from '../transports.ts'
import { expectLinearizableInFaults } from './faults.ts'
import { textsOf } from './texts.ts'

const SESSIONS = 4

const BATCHES = 20

export const sessions: readonly Requirement[] = [
  onStream('LIN-025', 'Session FIFO', { on: FRAMES }, async (context) => {
    const { stream, expect } = context
    const failing = 12
    await Promise.all(
      Array.from({ length: SESSIONS }, async (_, which) => {
        const session = await stream.openAppend()
        const inputs = Array.from(
          { length: BATCHES },
          (_, index): AppendInput => ({
            ...batch(`${which} ${index} a`, `${which} ${index} b`),
            // Of half of the sessions one batch fails: its condition can never hold.
            ...(which % 2 === 0 && index === failing && { matchSeqNum: 1_000_000n }),
          }),
        )
        await session.sendBytes(inputFrames(...inputs))
        const good = which % 2 === 0 ? failing : BATCHES
        for (let index = 0; index < good; index++) expect.ok(await session.next())
        if (good < BATCHES) expect.status(await session.next(), 412)
        session.closeSending()
      }),
    )
    const log = textsOf(await readAll(context, stream))
    for (let which = 0; which < SESSIONS; which++) {
      const good = which % 2 === 0 ? failing : BATCHES
      const own = log.filter((text) => text.startsWith(`${which} `))
      const sent = Array.from({ length: good }, (_, index) => [`${which} ${index} a`, `${which} ${index} b`])
      expect.equal(own, sent.flat(), `what is in the log of session ${which}`)
    }
  }),

  onStream('LIN-006', 'Append indefinite failure', { seconds: 1, on: FRAMES }, async (context) => {
    const { stream, random, expect, eventually, record: note } = context
    expect.ok(await stream.append(batch('first')))
    const asked = new Map<string, { readonly matchSeqNum: bigint } | { readonly fencingToken: string }>()
    for (let index = 0; index < 40; index++) {
      const { seqNum } = expect.ok(await stream.checkTail())
      const isFenced = index % 4 === 3
      // Every second condition holds, as far as anybody knows.
      const condition = isFenced
        ? { fencingToken: index % 8 === 3 ? '' : 'nobody set this' }
        : { matchSeqNum: index % 2 === 0 ? seqNum : seqNum + 100n }
      asked.set(`${index}`, condition)
      await cutOff(stream, { ...batch(`${index} a`, `${index} b`), ...condition }, random() < 0.5)
    }
    const log = await eventually('the log rests', 30, async () => {
      const before = await readAll(context, stream)
      const { seqNum } = expect.ok(await stream.checkTail())
      return seqNum === BigInt(before.length) ? before : undefined
    })
    const texts = textsOf(log)
    let applied = 0
    for (const [index, condition] of asked) {
      const at = texts.indexOf(`${index} a`)
      const isThere = at >= 0
      const own = texts.filter((text) => text.startsWith(`${index} `))
      expect.equal(
        own,
        isThere ? [`${index} a`, `${index} b`] : [],
        'a batch of unknown outcome, whole or absent',
      )
      if (!isThere) continue
      applied += 1
      if ('matchSeqNum' in condition) {
        expect.equal(BigInt(at), condition.matchSeqNum, 'where a batch with match_seq_num was applied')
      } else expect.equal(condition.fencingToken, '', 'the token of a batch that was applied')
    }
    note(`${applied} of ${asked.size} batches of unknown outcome were applied`)
    if (applied === 0) throw new InconclusiveError('no batch was applied whose outcome is unknown')
    // Once: its clients speak over all transports anyhow.
    if (context.transport === 's2s') await expectLinearizableInFaults(context)
  }),

  onStream('LIN-028', 'Model for trim', { seconds: 1, on: READERS }, async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('0', '1', '2', '3', '4')))
    let point = 0n
    let isOver = false
    const trimming = async (): Promise<void> => {
      const writer = stream.over('protobuf')
      for (let round = 0; round < 15; round++) {
        const { seqNum } = expect.ok(await writer.checkTail())
        // Every third asks for more than there will be, and gets no further than itself.
        const asked = round % 3 === 2 ? seqNum + 1000n : seqNum - 2n
        const own = seqNum + 1n
        point = asked < own ? asked : own
        expect.ok(await writer.append({ records: [trim(asked)] }))
        expect.ok(await writer.append(batch('a', 'b', 'c')))
      }
    }
    const done = trimming().finally(() => {
      isOver = true
    })
    done.catch(() => {})
    for (let last = false; !last; ) {
      last = isOver
      const answer = await stream.read({ seqNum: 0n, count: 1000n })
      const most = point
      let next = 0n
      for (const { seqNum } of expect.ok(answer).records) {
        // Also in its midst a read that takes its time may be overtaken by a trim (CMD-022).
        const isTrimmedTo = seqNum > next && seqNum <= most
        expect.that(seqNum === next || isTrimmedTo, `${next} follows, or more up to ${most}`, seqNum)
        next = seqNum + 1n
      }
    }
    await done
    // In the end as far as was asked, and not one record further.
    await expect.trimmedTo(stream, point)
    const { records } = expect.ok(await stream.read({ seqNum: 0n, count: 1000n }))
    expect.equal(textsOf(records), ['a', 'b', 'c'], 'what was written after the last trim')
  }),
]

/** Sends a batch and cuts the connection, at once or when the answer has begun: nobody knows what became of it. */
async function cutOff(stream: StreamClient, input: AppendInput, isLate: boolean): Promise<void> {
  const session = await stream.openAppend()
  await session.sendBytes(inputFrames(input))
  if (isLate) await session.next()
  session.cancel()
}
