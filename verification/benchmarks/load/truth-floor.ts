import { Worker } from 'node:worker_threads'
import { percent } from '../../../reports/load/words.ts'
import { type Disturbance, disturbanceLines, watchDisturbance } from './truth-disturbance.ts'

/** What two loops that do nothing but look at the clock notice of this machine at the same time. */
export interface Floor {
  readonly loops: readonly Gaps[]
  readonly disturbance: Disturbance
}

/** How long one loop stood still against its will. */
export interface Gaps {
  readonly longestUs: number
  /** Parts of the time that lie in gaps of more than so many microseconds: what comes then is seen late. */
  readonly parts: readonly number[]
}

export const GAPS_US = [200, 1000, 5000] as const
const SECONDS = 4
/** As many as a truth server and the thread of a generator. */
const LOOPS = 2

export async function measureFloor(): Promise<Floor> {
  const disturbance = watchDisturbance()
  const loops = await Promise.all(Array.from({ length: LOOPS }, () => spin()))
  return { loops, disturbance: disturbance() }
}

function spin(): Promise<Gaps> {
  const worker = new Worker(new URL('./truth-floor-thread.ts', import.meta.url), {
    workerData: { seconds: SECONDS, gapsUs: GAPS_US },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', (gaps: Gaps) => resolve(gaps))
    worker.once('error', reject)
  })
}

export const floorLines = ({ loops, disturbance }: Floor): readonly string[] => [
  'the floor of this machine: bare loops that look at the clock, one for each of two threads, both at once',
  ...loops.map(({ longestUs, parts }) => {
    const shares = parts.map(
      (part, index) => `${percent(part, 2)} of the time in gaps > ${(GAPS_US[index] ?? 0) / 1000} ms`,
    )
    return `  longest gap ${(longestUs / 1000).toFixed(1)} ms; ${shares.join(', ')}`
  }),
  ...disturbanceLines(disturbance),
]
