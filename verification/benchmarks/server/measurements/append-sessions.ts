import {
  type AppendSession,
  batchFrame,
  createBasin,
  createStream,
  openAppendSession,
  openConnection,
} from '../client.ts'
import type { Measurement, Period } from '../measurement.ts'

interface Shape {
  readonly recordBytes: number
  readonly batchRecords: number
  readonly sessions: number
}

const MIB = 1024 * 1024

/** What all sessions together may have unacknowledged. */
const IN_FLIGHT_BYTES = 16 * MIB

/** Pipelined append sessions, each on a stream of its own: what is acknowledged per second after a warm-up. */
export function appendSessions({ recordBytes, batchRecords, sessions }: Shape): Measurement {
  const size = recordBytes >= 1024 ? `${recordBytes / 1024} KiB` : `${recordBytes} B`
  const name = `S2S append, ${size} records, ${sessions} ${sessions === 1 ? 'session' : 'sessions'}`
  return {
    name,
    lines: [
      { name, unit: 'MiB/s', better: 'higher' },
      { name, unit: 'records/s', better: 'higher' },
    ],
    async run({ origin }, period) {
      const connection = await openConnection(origin)
      await createBasin(connection)
      const frame = batchFrame(batchRecords, recordBytes)
      const window = Math.max(2, Math.min(32, Math.floor(IN_FLIGHT_BYTES / sessions / frame.length)))
      let batches = 0
      const all: AppendSession[] = []
      for (let index = 0; index < sessions; index++) {
        await createStream(connection, `append-${index}`)
        all.push(openAppendSession(connection, `append-${index}`, (count) => (batches += count)))
      }
      let isOver = false
      const writers = all.map(async (session) => {
        while (!isOver) await session.send(frame, window)
        await session.finish()
      })
      const { rate } = await measureRate(period, () => batches)
      isOver = true
      await Promise.all(writers)
      connection.close()
      return [(rate * batchRecords * recordBytes) / MIB, rate * batchRecords]
    },
  }
}

/** Growth of a counter per second after the warm-up, and what it was by then. */
export async function measureRate(
  { warmUp, measured }: Period,
  count: () => number,
): Promise<{ readonly rate: number; readonly before: number }> {
  await sleep(warmUp)
  const [before, begin] = [count(), performance.now()]
  await sleep(measured)
  return { rate: (count() - before) / ((performance.now() - begin) / 1000), before }
}

export const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000))
