import type { AppendAck } from '../../../proto/types.ts'
import type { CheckContext } from '../../context.ts'
import { record } from '../../records.ts'
import type { StreamClient } from '../../target/stream-client.ts'
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

/** A writer over each transport, all at once on this stream; bodies are unique, timestamps are drawn around now. */
export function write({ expect, random, now }: CheckContext, stream: StreamClient): Writing {
  let sent = 0n
  let acknowledged = 0n
  let running = APPENDERS.length
  const base = 1_700_000_000_000n
  const run = async (writer: StreamClient): Promise<readonly AppendAck[]> => {
    const acks: AppendAck[] = []
    for (let index = 0; index < BATCHES; index++) {
      const size = 1 + Math.floor(random() * 3)
      const timestamp = base + BigInt(Math.floor(now() + random() * 1000))
      const records = Array.from({ length: size }, (_, place) =>
        record(`${writer.transport} ${index} ${place}`, { timestamp }),
      )
      sent += BigInt(size)
      const ack = expect.ok(await writer.append({ records }))
      if (ack.end.seqNum > acknowledged) acknowledged = ack.end.seqNum
      acks.push(ack)
    }
    return acks
  }
  const writers = APPENDERS.map((transport) => run(stream.over(transport)).finally(() => void running--))
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
