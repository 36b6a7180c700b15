import { readdirSync, readFileSync } from 'node:fs'

/** A process that is none of this one's, and how many processors it used on the average. */
export interface Other {
  readonly command: string
  readonly used: number
}

/** One process, of `/proc/PID/stat`; times in clock ticks. */
export interface Usage {
  readonly pid: number
  readonly parent: number
  readonly ticks: number
}

const TICKS_PER_SECOND = 100
/** Parts of a processor below which nobody is named. */
const NAMED = 0.02
const MOST_NAMED = 3
const LONGEST = 100

/** Returns what ends the watch: those that used most meanwhile, most of all first. Nobody where the system does not say. */
export function watchOthers(): () => readonly Other[] {
  const before = new Map(usages().map((usage) => [usage.pid, usage.ticks]))
  const start = performance.now()
  return () => {
    const seconds = (performance.now() - start) / 1000
    return othersThan(process.pid, usages())
      .map(({ pid, ticks }) => ({ pid, used: (ticks - (before.get(pid) ?? 0)) / TICKS_PER_SECOND / seconds }))
      .filter(({ used }) => used >= NAMED)
      .toSorted((a, b) => b.used - a.used)
      .slice(0, MOST_NAMED)
      .map(({ pid, used }) => ({ command: commandOf(pid), used }))
  }
}

/** Those that this process has not started, nor those that it has. */
export function othersThan(own: number, all: readonly Usage[]): readonly Usage[] {
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]))
  const isOwn = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)) if (at === own) return true
    return false
  }
  return all.filter(({ pid }) => !isOwn(pid))
}

function usages(): readonly Usage[] {
  const pids = readable('/proc', (path) => readdirSync(path).filter((name) => /^\d+$/.test(name))) ?? []
  return pids.flatMap((pid) => parseStat(readable(`/proc/${pid}/stat`, textOf) ?? '') ?? [])
}

/** The name stands in brackets and may have any character, brackets too. */
export function parseStat(text: string): Usage | undefined {
  const [, pid, rest] = /^(\d+) \(.*\) (.*)$/s.exec(text) ?? []
  if (pid === undefined || rest === undefined) return undefined
  const fields = rest.split(' ').map(Number)
  const [parent = 0, user = 0, system = 0] = [fields[1], fields[11], fields[12]]
  return { pid: Number(pid), parent, ticks: user + system }
}

/** A thread of the kernel has no command line, and is called by its name. */
function commandOf(pid: number): string {
  const line = readable(`/proc/${pid}/cmdline`, textOf)?.replaceAll('\0', ' ').trim() ?? ''
  const command = line === '' ? (readable(`/proc/${pid}/comm`, textOf)?.trim() ?? 'one that has ended') : line
  return command.replace(/^\/\S*\//, '').slice(0, LONGEST)
}

const textOf = (path: string): string => readFileSync(path, 'utf8')

/** Undefined for what is gone meanwhile, or what this system does not have. */
function readable<Value>(path: string, read: (path: string) => Value): Value | undefined {
  try {
    return read(path)
  } catch {
    return undefined
  }
}
