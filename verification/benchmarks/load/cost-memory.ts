import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quietEnvironment } from '../../clients/workshop.ts'
import { leastOf, type Point, slopeOf } from './cost-slope.ts'
import type { Part } from './part.ts'

const SAMPLE_MS = 500
/** Of ten minutes each is a quarter of one: a heap is collected several times in that. */
const STRETCHES = 24
/** Of the run, in which code is compiled and heaps find their size. */
const SETTLING = 1 / 3
/** Beyond this much a minute a run of a day would be in trouble. */
const MOST_MIB_A_MINUTE = 1

/** Several streams and writers, records of many sizes, readers at the tail and requests for tails: all that keeps anything is used. */
const LOAD = [
  ...['--streams', '4', '--writers', '2', '--readers', '1', '--catch-up', '0', '--check-tails', '20'],
  ...['--rate', '200', '--batch', '50', '--record-size', '100..300', '--pacing', 'timer'],
] as const

/** What the generator keeps of a long run; it is named to be asked for, as it takes its minutes. */
export const memory: Part = {
  name: 'memory',
  about: 'how much memory the generator holds through a long run, and whether it grows',
  isLong: true,
  async run(say, { minutes }) {
    const points = await residentDuring(minutes)
    const settled = points.slice(Math.floor(points.length * SETTLING))
    // What lies between two collections is noise: what is kept shows in the least of a stretch.
    const { slope, low, high, atMost } = slopeOf(
      leastOf(settled, Math.max(1, Math.floor(settled.length / STRETCHES))),
    )
    const values = settled.map(({ value }) => value)
    const [least, most] = [Math.min(...values), Math.max(...values)]
    say(
      `${minutes} min of 200 appends/s of 50 records of 100 to 300 B on 4 streams, 8 writers and 4 readers; resident memory of s2-load, the last two thirds`,
    )
    say(`  ${least.toFixed(0)} to ${most.toFixed(0)} MiB in ${settled.length} samples`)
    say(
      `  the least of each of ${STRETCHES} stretches grew by ${slope.toFixed(2)} MiB a minute (95 %: ${low.toFixed(2)} to ${high.toFixed(2)}, or at most ${atMost.toFixed(2)}): ${verdict(low, atMost)}`,
    )
  },
}

function verdict(low: number, atMost: number): string {
  if (low > 0) return atMost <= MOST_MIB_A_MINUTE ? 'it grows, by less than 1 MiB a minute' : 'IT GROWS'
  return atMost <= MOST_MIB_A_MINUTE ? 'flat' : 'not known: the run was too short for its noise'
}

/** MiB against minutes, of a run of the command as anybody starts it. Rejects where it ended otherwise than well. */
async function residentDuring(minutes: number): Promise<readonly Point[]> {
  const words = ['bin/s2-load.js', 'run', ...LOAD, '--duration', `${minutes * 60}s`, '--allow-suspect']
  const child = spawn(process.execPath, words, {
    cwd: resolve(import.meta.dirname, '../../..'),
    env: quietEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = once(child, 'close')
  const points: Point[] = []
  const begun = performance.now()
  while (child.exitCode === null && child.signalCode === null) {
    const value = residentMiB(child)
    if (value !== undefined) points.push({ at: (performance.now() - begun) / 60_000, value })
    await sleep(SAMPLE_MS)
  }
  const [code] = await ended
  // That its times are worth nothing on a busy machine is none of this bench's business.
  if (code !== 0 && !said.startsWith('INVALID'))
    throw new Error(`s2-load ended with ${String(code)}: ${said}`)
  return points
}

/** Undefined for one that has just ended. */
function residentMiB({ pid }: ChildProcess): number | undefined {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
  } catch {
    return undefined
  }
}
