import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** What became of the time of all processors of this machine, in parts from 0 to 1. */
export interface MachineUse {
  readonly busy: number
  /** By this process, all its threads together. */
  readonly own: number
  /** What the host of a virtual machine kept for others; absent where the system does not say. */
  readonly stolen?: number
}

/** Since the machine started, and for `own` since this process has: in milliseconds. */
export interface MachineTimes {
  readonly busy: number
  readonly all: number
  readonly own: number
  readonly stolen: number | undefined
}

export function machineTimes(): MachineTimes {
  const times = cpus().map((cpu) => cpu.times)
  const idle = times.reduce((sum, each) => sum + each.idle, 0)
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0)
  const { user, system } = process.cpuUsage()
  return { busy: all - idle, all, own: (user + system) / 1000, stolen: stolenTime() }
}

export function usedSince(before: MachineTimes): MachineUse {
  const { busy, all, own, stolen } = machineTimes()
  const passed = all - before.all
  if (passed === 0) return { busy: 0, own: 0 }
  const isKnown = stolen !== undefined && before.stolen !== undefined
  return {
    busy: (busy - before.busy) / passed,
    own: Math.min(1, (own - before.own) / passed),
    ...(isKnown && { stolen: Math.min(1, (stolen - before.stolen) / passed) }),
  }
}

/** Clock ticks of Linux are hundredths of a second, and what `os.cpus` says is in milliseconds. */
const TICK_MS = 10

/** The eighth number of the first line of `/proc/stat`; undefined on other systems. */
function stolenTime(): number | undefined {
  try {
    const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/ +/) ?? []
    const stolen = ticks[7]
    return stolen === undefined ? undefined : Number(stolen) * TICK_MS
  } catch {
    // There is no such file: it is not known, and nothing is said of it.
    return undefined
  }
}
