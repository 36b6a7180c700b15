import { parentPort, workerData } from 'node:worker_threads'
import type { Gaps } from './truth-floor.ts'

/** Looks at the clock for so many seconds and keeps where it went on by more than a look takes. */
const { seconds, gapsUs } = workerData as { readonly seconds: number; readonly gapsUs: readonly number[] }
const times = new Float64Array(gapsUs.length)
let longest = 0
const start = performance.now()
const until = start + seconds * 1000
for (let before = start, now = start; now < until; before = now) {
  now = performance.now()
  const gap = (now - before) * 1000
  if (gap > longest) longest = gap
  for (let index = 0; index < times.length; index++)
    if (gap > (gapsUs[index] ?? 0)) times[index] = (times[index] ?? 0) + gap
}
const parts = Array.from(times, (time) => time / (seconds * 1_000_000))
parentPort?.postMessage({ longestUs: longest, parts } satisfies Gaps)
