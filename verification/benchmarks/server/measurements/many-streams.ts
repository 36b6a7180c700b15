import {
  batchFrame,
  type Connection,
  createBasin,
  createStream,
  openAppendSession,
  openConnection,
} from '../client.ts'
import type { Measurement } from '../measurement.ts'
import { measureRate, sleep } from './append-sessions.ts'

const STREAMS = 1000
/** Servers allow a connection 100 to 250 sessions at a time. */
const STREAMS_PER_CONNECTION = 100

/** Sessions on a thousand streams, each with one record of 100 bytes under way: what one commit for all is worth. */
export const manyStreams: Measurement = {
  name: 'many streams',
  lines: [{ name: '1,000 streams at once, one record each', unit: 'acks/s', better: 'higher' }],
  async run({ origin }, period) {
    const connections: Connection[] = []
    for (let index = 0; index < STREAMS / STREAMS_PER_CONNECTION; index++) {
      connections.push(await openConnection(origin))
    }
    const [first] = connections
    if (first === undefined) throw new Error('there must be a connection')
    await createBasin(first)
    const frame = batchFrame(1, 100)
    let acks = 0
    let isOver = false
    const writers = connections.flatMap((connection, index) =>
      Array.from({ length: STREAMS_PER_CONNECTION }, async (_, within) => {
        const stream = `many-${index}-${within}`
        await createStream(connection, stream)
        const session = openAppendSession(connection, stream, (count) => (acks += count))
        while (!isOver) await session.send(frame, 1)
        await session.finish()
      }),
    )
    // All of them exist and have written before the clock starts.
    while (acks < STREAMS) await sleep(0.1)
    const { rate } = await measureRate(period, () => acks)
    isOver = true
    await Promise.all(writers)
    for (const connection of connections) connection.close()
    return [rate]
  },
}
