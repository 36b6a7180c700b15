import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/** Begins to look; asked later, tells what part of the time of all processors the host has taken meanwhile. */
export function watchStolen(): () => number {
  const before = timesOf()
  return () => {
    const now = timesOf()
    return (now.stolen - before.stolen) / Math.max(1, now.all - before.all)
  }
}

/** In hundredths of a second of all processors together (proc_stat(5)); `stolen` when this machine would have computed. */
function timesOf(): { readonly all: number; readonly stolen: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, stolen = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return { all: user + nice + system + idle + iowait + irq + softirq + stolen, stolen }
}

export const machineLine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 1024 ** 3).toFixed(1)} GiB, Linux ${readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()}, Node ${process.versions.node}`
