import { readFileSync } from 'node:fs'

/** What /proc counts in: `sysconf(_SC_CLK_TCK)`, which is this on every processor that Node runs on. */
const TICKS_PER_SECOND = 100

/** Places behind the name in /proc/PID/stat (proc_pid_stat(5)): of the process, and of children that have ended. */
const [UTIME, CSTIME] = [11, 14] as const

/**
 * User and system time that a process and all that it has started have used, in seconds, to a hundredth for each process.
 * Undefined where it cannot be told: the process is gone, or this is no Linux. What has left its parent is not counted.
 */
export function cpuSecondsOf(pid: number): number | undefined {
  try {
    return ticksOf(pid) / TICKS_PER_SECOND
  } catch {
    return undefined
  }
}

function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // A name may hold anything, brackets too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own = fields.slice(UTIME, CSTIME + 1).reduce((sum, field) => sum + Number(field), 0)
  return childrenOf(pid).reduce((sum, child) => {
    try {
      return sum + ticksOf(child)
    } catch {
      // It ended just now: its parent counts it next time.
      return sum
    }
  }, own)
}

/** Of its first thread, which is the one that shells and launchers fork from. */
const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
