import { readdirSync, readFileSync } from 'node:fs'

/** What /proc counts in: `sysconf(_SC_CLK_TCK)`, which is this on every processor that Node runs on. */
const TICKS_PER_SECOND = 100

/** Places behind the name in /proc/PID/stat (proc_pid_stat(5)): of the process in user and system mode, and of children that have ended. */
const [UTIME, STIME, CUTIME, CSTIME] = [11, 12, 13, 14] as const

/**
 * User and system time that a process and all that it has started have used, in seconds: to the thousandths that the scheduler
 * knows of threads that are there, and to a hundredth or two of each process where some of its threads have ended. Undefined
 * where it cannot be told: the process is gone, or this is no Linux. What has left its parent is not counted.
 */
export function cpuSecondsOf(pid: number): number | undefined {
  try {
    return treeSeconds(pid)
  } catch {
    return undefined
  }
}

function treeSeconds(pid: number): number {
  const own = processSeconds(pid)
  return childrenOf(pid).reduce((sum, child) => {
    try {
      return sum + treeSeconds(child)
    } catch {
      // It ended just now: its parent counts it next time.
      return sum
    }
  }, own)
}

/**
 * Each of two sources tells too little: ticks are rounded down, of which a server that rests most of the time uses three in half
 * a second, and threads that have ended have left no other trace. So the greater of them is nearer.
 */
function processSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // A name may hold anything, brackets too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = (...places: readonly number[]): number =>
    places.reduce((sum, place) => sum + Number(fields[place]), 0) / TICKS_PER_SECOND
  return Math.max(ticks(UTIME, STIME), threadSeconds(pid)) + ticks(CUTIME, CSTIME)
}

/** Of threads that are there, by the first number of their schedstat (Documentation/scheduler/sched-stats.rst); 0 where the kernel keeps none. */
const threadSeconds = (pid: number): number =>
  ofThreads(pid, 'schedstat').reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1e9, 0)

/** Each thread has children of its own. */
const childrenOf = (pid: number): readonly number[] =>
  ofThreads(pid, 'children').flatMap((text) => text.split(' ').filter(Boolean).map(Number))

/** What a file says of each thread that is there. */
const ofThreads = (pid: number, file: string): readonly string[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      return [readFileSync(`/proc/${pid}/task/${thread}/${file}`, 'utf8')]
    } catch {
      // It has ended, or the kernel keeps no such file.
      return []
    }
  })
