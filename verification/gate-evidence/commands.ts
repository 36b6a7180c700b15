import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shellWord } from '../../kit/text/shell-word.ts'
import type { LoadComparison } from '../../reports/load/comparison.ts'
import { watchStolen } from './machine.ts'

/** How one gate ended. */
export interface Played {
  /** Of `s2-load ab`. */
  readonly code: number
  readonly seconds: number
  /** By the host, as a part of this machine. */
  readonly stolen: number
  readonly comparison: LoadComparison
}

/** The server whose syncs take so many milliseconds. */
export const launchOf = (milliseconds: number): string =>
  [process.execPath, join(import.meta.dirname, 'slowed-server.ts')].map(shellWord).join(' ') +
  ` {port} ${milliseconds}`

/** Milliseconds of a sync. */
export const SYNC_MS = 10

/** Two servers before the gate, of which the second has syncs of so many milliseconds. Rejects where no result is written. */
export async function playGate(syncMs: number, options: readonly string[]): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 's2-gate-evidence-'))
  const file = join(folder, 'result.json')
  const begin = performance.now()
  const stolenSince = watchStolen()
  const { code, said } = await runGate([
    ...['--a', launchOf(SYNC_MS), '--b', launchOf(syncMs), ...options, '--json', file],
  ])
  const seconds = (performance.now() - begin) / 1000
  const stolen = stolenSince()
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`s2-load ab ended with ${code} and wrote no result: ${said}`)
  })
  await rm(folder, { recursive: true, force: true })
  return { code, seconds, stolen, comparison: JSON.parse(text) as LoadComparison }
}

/** A directory inside this checkout, with the same owner. A fixed name in the temporary directory could be another user's. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/s2-gate-evidence')

/** The command as people type it. */
async function runGate(words: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const entry = join(import.meta.dirname, '../../bin/s2-load.js')
  const child = spawn(process.execPath, [entry, 'ab', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Each round starts a thread, which would otherwise compile all sources again.
    env: { ...process.env, NODE_COMPILE_CACHE },
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code: code ?? -1, said }
}
