import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { cpuSecondsOf } from '../../conformance/target/launch/cpu-time.ts'

/** What disturbed a measurement, as parts of the whole machine. */
export interface Disturbance {
  readonly stolen: number
  readonly others: number
}

/** /proc/stat counts in hundredths of a second (proc_stat(5)). */
const TICKS = 100

const SAMPLE_MS = 300

/** Looks at the whole machine until it is asked what all others than this process and its children had of it meanwhile. */
export function watchMachine(pid: number): () => Disturbance {
  const before = timesOf()
  const first = cpuSecondsOf(pid) ?? 0
  let last = first
  // Once it has ended it tells nothing: so it is asked while it runs.
  const sample = (): void => {
    last = Math.max(last, cpuSecondsOf(pid) ?? 0)
  }
  const timer = setInterval(sample, SAMPLE_MS)
  return () => {
    clearInterval(timer)
    sample()
    const now = timesOf()
    const all = Math.max(0.01, now.all - before.all)
    const others = Math.max(0, now.busy - before.busy - (last - first))
    return { stolen: (now.stolen - before.stolen) / all, others: others / all }
  }
}

/** In seconds of all processors together; `stolen` by the host, when this machine would have computed. */
function timesOf(): { readonly all: number; readonly busy: number; readonly stolen: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, stolen = 0] = line
    .split(/\s+/)
    .slice(1)
    .map((field) => Number(field) / TICKS)
  const busy = user + nice + system + irq + softirq
  return { all: busy + idle + iowait + stolen, busy, stolen }
}

export const machineLine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 1024 ** 3).toFixed(1)} GiB, Linux ${readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()}, Node ${process.versions.node}`
