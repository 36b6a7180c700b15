import { record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { Transport } from '../../../client/transport.ts'
import type { AppendAck, AppendInput } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import { APPENDERS } from '../transports.ts'

/** What the writers of one stream have done so far, for whoever looks at the stream meanwhile. */
export interface Writing {
  /** Records of batches that were sent, and the highest end of those that were acknowledged. */
  readonly sent: () => bigint
  readonly acknowledged: () => bigint
  readonly isOver: () => boolean
  /** Resolves, with every ack, when all writers are done. */
  readonly done: Promise<readonly AppendAck[]>
}

const BATCHES = 12

/** A writer over each transport, all at once on this stream; bodies are unique, timestamps go on and back. */
export function write({ expect, random }: CheckContext, stream: StreamClient): Writing {
  let sent = 0n
  let acknowledged = 0n
  let running = APPENDERS.length
  // Drawn before anybody begins, so that what is sent does not depend on whose answer comes first.
  const plans = APPENDERS.map((transport) =>
    Array.from({ length: BATCHES }, (_, index) => drawBatch(random, transport, index)),
  )
  const run = async (writer: StreamClient, plan: readonly AppendInput[]): Promise<readonly AppendAck[]> => {
    const acks: AppendAck[] = []
    for (const input of plan) {
      sent += BigInt(input.records.length)
      const ack = expect.ok(await writer.append(input))
      expect.equal(ack.end.seqNum - ack.start.seqNum, BigInt(input.records.length), 'numbers of an ack')
      if (ack.end.seqNum > acknowledged) acknowledged = ack.end.seqNum
      acks.push(ack)
    }
    return acks
  }
  const writers = APPENDERS.map((transport, index) =>
    run(stream.over(transport), plans[index] ?? []).finally(() => void running--),
  )
  const done = Promise.all(writers).then((all) => all.flat())
  // Whoever waits for it hears of a failure; until then nobody else shall.
  done.catch(() => {})
  return { sent: () => sent, acknowledged: () => acknowledged, isOver: () => running === 0, done }
}

/** Looks again and again until the writers are done, and once more after that. */
export async function whileWriting(writing: Writing, look: () => Promise<void>): Promise<void> {
  for (let last = false; !last; ) {
    last = writing.isOver()
    await look()
  }
}

const BASE = 1_700_000_000_000n

/** One to three records of timestamps around a moment that moves on with the batches. */
function drawBatch(random: () => number, transport: Transport, index: number): AppendInput {
  const size = 1 + Math.floor(random() * 3)
  const timestamp = BASE + BigInt(index * 100 + Math.floor(random() * 1000))
  const records = Array.from({ length: size }, (_, place) =>
    record(`${transport} ${index} ${place}`, { timestamp }),
  )
  return { records }
}
