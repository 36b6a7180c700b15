import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TruthOptions } from '../../known-delay-server/answers.ts'
import { type Answered, readTruthLog } from '../../known-delay-server/truth-log.ts'

/** A truth server in a process of its own. */
export interface TruthChild {
  readonly http1Port: number
  readonly http2Port: number
  /** What it knows of each request so far, in the order of arrival. */
  log(): Promise<readonly Answered[]>
  end(): void
}

/** Rejects where it says something else than it should, or dies. */
export async function startTruth(options: TruthOptions): Promise<TruthChild> {
  const entry = fileURLToPath(new URL('../../known-delay-server/truth-process.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async (...names: readonly string[]): Promise<readonly number[]> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error('the truth server ended early')
    return numbersIn(value, names)
  }
  const [http1Port = 0, http2Port = 0] = await answer('http1Port', 'http2Port')
  return {
    http1Port,
    http2Port,
    log: () => readLog(child, () => answer('rows')),
    end: () => void child.kill('SIGKILL'),
  }
}

async function readLog(
  { stdin }: ChildProcess,
  written: () => Promise<readonly number[]>,
): Promise<readonly Answered[]> {
  const folder = await mkdtemp(join(tmpdir(), 's2-truth-'))
  try {
    const file = join(folder, 'log')
    stdin?.write(`${file}\n`)
    const [rows] = await written()
    const log = readTruthLog(await readFile(file))
    if (log.length !== rows) throw new Error(`the truth server wrote ${rows} rows, and ${log.length} came`)
    return log
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The numbers of these names in a line of JSON. Throws where one is missing. */
export function numbersIn(line: string, names: readonly string[]): readonly number[] {
  const value: unknown = JSON.parse(line)
  return names.map((name) => {
    const found =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)
        : undefined
    if (typeof found?.[1] !== 'number') throw new Error(`no number ${name} in ${line}`)
    return found[1]
  })
}
