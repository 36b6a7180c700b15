import { readdirSync, readFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'

const TASKS = '/proc/self/task'

/**
 * Reports whether a thread of this process other than the main one computes, waits for a processor or waits for a disk.
 * Linux only: other systems do not report it, and the answer is false. Also false on a worker thread.
 */
export function hasBusyThread(): boolean {
  if (threadId !== 0) return false
  try {
    return readdirSync(TASKS).some((task) => Number(task) !== process.pid && isBusy(task))
  } catch {
    return false
  }
}

/** R: computes, or waits for a processor. D: waits for a disk. */
function isBusy(task: string): boolean {
  try {
    // The name of a thread stands in parentheses, and may hold any character.
    return /^.*\) [RD] /s.test(readFileSync(`${TASKS}/${task}/stat`, 'latin1'))
  } catch {
    // It has ended since.
    return false
  }
}
