import { encodeFrame, FrameDecoder } from '../../../../proto/frames.ts'
import { decodeReadBatch, encodeAppendInput } from '../../../../proto/messages.ts'
import { createBasin, createStream, openAppendSession, openConnection, openReadSession } from '../client.ts'
import { type Measurement, quantile } from '../measurement.ts'
import { sleep } from './append-sessions.ts'

const APPENDS_PER_SECOND = 200

/** From the sending of a record to its arrival at a follower, both in this process. */
export const tail: Measurement = {
  name: 'tail',
  lines: [
    { name: 'tail, end to end p50', unit: 'ms', better: 'lower' },
    { name: 'tail, end to end p99', unit: 'ms', better: 'lower' },
  ],
  async run({ origin }, { measured }) {
    const [writer, reader] = [await openConnection(origin), await openConnection(origin)]
    await createBasin(writer)
    await createStream(writer, 'live')
    const latencies: number[] = []
    const decoder = new FrameDecoder()
    const follower = openReadSession(reader, 'live', 'seq_num=0', (chunk) => {
      for (const frame of decoder.push(chunk)) {
        if (frame.kind !== 'message') throw new Error('the follower was refused')
        for (const { body } of decodeReadBatch(frame.payload).records) {
          latencies.push(performance.now() - new DataView(body.buffer, body.byteOffset).getFloat64(0))
        }
      }
    })
    await follower.ready
    const session = openAppendSession(writer, 'live', () => {})
    const count = Math.ceil(measured * APPENDS_PER_SECOND)
    const begin = performance.now()
    for (let index = 0; index < count; index++) {
      const due = begin + (index * 1000) / APPENDS_PER_SECOND
      const early = due - performance.now()
      if (early > 0) await sleep(early / 1000)
      await session.send(stamped(), 1000)
    }
    await session.finish()
    for (let waited = 0; latencies.length < count; waited += 0.05) {
      if (waited > 10) throw new Error(`${latencies.length} of ${count} records reached the follower`)
      await sleep(0.05)
    }
    follower.stop()
    writer.close()
    reader.close()
    latencies.sort((a, b) => a - b)
    return [quantile(latencies, 0.5), quantile(latencies, 0.99)]
  },
}

/** A record of 1 KiB that says when it was sent. */
function stamped(): Uint8Array {
  const body = Buffer.alloc(1024)
  body.writeDoubleBE(performance.now())
  return encodeFrame({
    payload: encodeAppendInput({ records: [{ headers: [], body }] }),
    compression: 'none',
  })
}
