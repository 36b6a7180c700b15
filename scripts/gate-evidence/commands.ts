import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoadComparison } from '../../reports/load/comparison.ts'
import { shellWord } from '../../reports/shell-word.ts'
import { type Disturbance, watchMachine } from './machine.ts'

/** How one gate ended. */
export interface Played {
  /** Of `s2-load ab`. */
  readonly code: number
  readonly seconds: number
  readonly disturbance: Disturbance
  readonly comparison: LoadComparison
}

/** The server whose syncs take so many milliseconds. */
export const launchOf = (milliseconds: number): string =>
  [process.execPath, join(import.meta.dirname, 'slowed-server.ts')].map(shellWord).join(' ') +
  ` {port} ${milliseconds}`

/** Milliseconds of a sync. */
export const SYNC_MS = 10

/** Two servers before the gate, of which the second has syncs of so many milliseconds. */
export async function playGate(syncMs: number, options: readonly string[]): Promise<Played> {
  const disturbance = watchMachine()
  const begin = performance.now()
  const { code, json } = await s2Load<LoadComparison>('ab', [
    ...['--a', launchOf(SYNC_MS), '--b', launchOf(syncMs), ...options],
  ])
  return {
    code,
    seconds: (performance.now() - begin) / 1000,
    disturbance: disturbance(),
    comparison: json,
  }
}

/** The command as people type it; rejects where it writes no result. */
async function s2Load<Result>(
  command: string,
  words: readonly string[],
): Promise<{ readonly code: number; readonly json: Result }> {
  const folder = await mkdtemp(join(tmpdir(), 's2-gate-evidence-'))
  const file = join(folder, 'result.json')
  const entry = join(import.meta.dirname, '../../bin/s2-load.js')
  const child = spawn(process.execPath, [entry, command, ...words, '--json', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Each round starts a thread, which is not to read all sources anew.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 's2-gate-evidence-cache') },
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`s2-load ${command} ended with ${code} and wrote no result: ${said}`)
  })
  return { code: code ?? -1, json: JSON.parse(text) as Result }
}
