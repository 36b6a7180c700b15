import { batchPayload, createBasin, createStream, openConnection, openUnaryClient } from '../client.ts'
import type { Measurement } from '../measurement.ts'

const STREAMS = 1000
const BATCHES = 10
const BATCH_RECORDS = 100
const AT_ONCE = 64

/** A million records of 100 bytes in a thousand streams, then kill -9 and a start on what is there. */
export const recovery: Measurement = {
  name: 'recovery',
  lines: [
    { name: 'restart on 1,000,000 records in 1,000 streams, until ready', unit: 'ms', better: 'lower' },
    { name: 'restart, first append to each of 100 of them, mean', unit: 'ms', better: 'lower' },
  ],
  onDiskOnly: true,
  async run({ origin, restart }) {
    const before = await openConnection(origin)
    await createBasin(before)
    const payload = batchPayload(BATCH_RECORDS, 100)
    let next = 0
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const client = openUnaryClient(origin)
        while (next < STREAMS) {
          const stream = `recovered-${next++}`
          await createStream(before, stream)
          for (let batch = 0; batch < BATCHES; batch++) await client.append(stream, payload)
        }
        await client.close()
      }),
    )
    before.close()
    const ready = await restart()
    const after = openUnaryClient(origin)
    const begin = performance.now()
    for (let index = 0; index < 100; index++) {
      await after.append(`recovered-${index * 10}`, batchPayload(1, 100))
    }
    const mean = (performance.now() - begin) / 100
    await after.close()
    return [ready, mean]
  },
}
