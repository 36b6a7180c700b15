import {
  batchFrame,
  createBasin,
  createStream,
  openAppendSession,
  openConnection,
  openReadSession,
} from '../client.ts'
import { FrameCounter } from '../frame-counter.ts'
import type { Measurement } from '../measurement.ts'

const MIB = 1024 * 1024
const RECORD_BYTES = 1024
const BATCH_RECORDS = 512
const BATCHES = 256

/** One read session over what was written before, from the first record to the last. */
export const catchUp: Measurement = {
  name: 'catch-up',
  lines: [{ name: 'catch-up, 1 KiB records', unit: 'MiB/s', better: 'higher' }],
  async run({ origin }) {
    const connection = await openConnection(origin)
    await createBasin(connection)
    await createStream(connection, 'history')
    const frame = batchFrame(BATCH_RECORDS, RECORD_BYTES)
    const session = openAppendSession(connection, 'history', () => {})
    for (let index = 0; index < BATCHES; index++) await session.send(frame, 16)
    await session.finish()
    const rates: number[] = []
    for (let time = 0; time < 3; time++) rates.push(await readAll(connection))
    connection.close()
    return [Math.max(...rates)]
  },
}

async function readAll(connection: Awaited<ReturnType<typeof openConnection>>): Promise<number> {
  const counter = new FrameCounter()
  let bytes = 0
  const begin = performance.now()
  const count = BATCH_RECORDS * BATCHES
  const { ended } = openReadSession(connection, 'history', `seq_num=0&count=${count}`, (chunk) => {
    bytes += counter.push(chunk).bytes
  })
  await ended
  const seconds = (performance.now() - begin) / 1000
  const expected = count * RECORD_BYTES
  if (bytes < expected) throw new Error(`${bytes} bytes were read where there are ${expected}`)
  return expected / MIB / seconds
}
