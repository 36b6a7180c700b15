import { spawn } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { type Played, playGate, SYNC_MS } from './commands.ts'

export interface Show {
  readonly key: 'a' | 'b' | 'c'
  readonly title: string
  /** The exit code that it is to end with. */
  readonly expected: number
  /** What may come instead: whoever cannot tell accuses nobody. */
  readonly allowed: readonly number[]
  /** How many gates. */
  readonly count: number
  readonly gates: readonly Played[]
}

export interface Plan {
  readonly only: readonly string[]
  /** Of gates between two servers that are the same. */
  readonly count: number
  /** Of every gate. */
  readonly options: readonly string[]
  /** Milliseconds of a sync of the slowed server. */
  readonly slowSyncMs: number
  onGate(show: string, gate: number, played: Played): void
}

type About = Pick<Show, 'key' | 'title' | 'expected' | 'allowed'>

const SLOWED: About = {
  key: 'a',
  title: 'a server whose syncs take 10 % longer',
  expected: 1,
  allowed: [],
}
const SAME: About = { key: 'b', title: 'the same server on both sides', expected: 0, allowed: [3] }
const NOISY: About = {
  key: 'c',
  title: 'the same server on both sides, on a machine with neighbours that come and go',
  expected: 3,
  allowed: [],
}

/** Plays the shows that are asked for, one after the other. */
export async function playShows(plan: Plan): Promise<readonly Show[]> {
  const shows: Show[] = []
  const show = async (about: About, count: number, syncMs: number): Promise<void> => {
    if (plan.only.length > 0 && !plan.only.includes(about.key)) return
    const gates: Played[] = []
    for (let gate = 1; gate <= count; gate++) {
      const played = await playGate(syncMs, plan.options)
      gates.push(played)
      plan.onGate(about.title, gate, played)
    }
    shows.push({ ...about, count, gates })
  }
  await show(SLOWED, 1, plan.slowSyncMs)
  await show(SAME, plan.count, SYNC_MS)
  await withNeighbours(() => show(NOISY, 1, SYNC_MS))
  return shows
}

async function withNeighbours(use: () => Promise<void>): Promise<void> {
  const hogs = cpus().map(() =>
    spawn(process.execPath, [join(import.meta.dirname, 'hog.ts')], { stdio: 'ignore' }),
  )
  try {
    await use()
  } finally {
    for (const hog of hogs) hog.kill('SIGKILL')
  }
}

/** `as expected`, `accuses nobody` where it could not tell, or `wrong`. */
export function verdictOf({ expected, allowed, gates }: Show): 'as expected' | 'accuses nobody' | 'wrong' {
  const codes = gates.map(({ code }) => code)
  if (codes.every((code) => code === expected)) return 'as expected'
  return codes.every((code) => code === expected || allowed.includes(code)) ? 'accuses nobody' : 'wrong'
}
