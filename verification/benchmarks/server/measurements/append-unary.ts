import { batchPayload, createBasin, createStream, openConnection, openUnaryClient } from '../client.ts'
import { type Measurement, quantile } from '../measurement.ts'
import { measureRate } from './append-sessions.ts'

const RECORD_BYTES = 1024

/** Clients that each append one record of 1 KiB, wait for the ack and append again, each on a connection of its own. */
export function appendUnaryClients(clients: number): Measurement {
  const name = `unary append, ${clients} ${clients === 1 ? 'client' : 'clients'}`
  return {
    name,
    lines: [
      { name, unit: 'acks/s', better: 'higher' },
      { name: `${name}, ack p50`, unit: 'ms', better: 'lower' },
      { name: `${name}, ack p99`, unit: 'ms', better: 'lower' },
    ],
    async run({ origin }, period) {
      const connection = await openConnection(origin)
      await createBasin(connection)
      await createStream(connection, 'unary')
      connection.close()
      const all = Array.from({ length: clients }, () => openUnaryClient(origin))
      const payload = batchPayload(1, RECORD_BYTES)
      const latencies: number[] = []
      let isOver = false
      const writers = all.map(async (client) => {
        while (!isOver) {
          const begin = performance.now()
          await client.append('unary', payload)
          latencies.push(performance.now() - begin)
        }
      })
      const { rate, before } = await measureRate(period, () => latencies.length)
      isOver = true
      await Promise.all(writers)
      await Promise.all(all.map((client) => client.close()))
      const warm = latencies.slice(before).sort((a, b) => a - b)
      return [rate, quantile(warm, 0.5), quantile(warm, 0.99)]
    },
  }
}
