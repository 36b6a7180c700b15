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
  const { user, system } = process.cpuUsage()
  return { ...(timesOfLinux() ?? timesOfNode()), own: (user + system) / 1000 }
}

type Times = Omit<MachineTimes, 'own'>

export function usedSince(before: MachineTimes): MachineUse {
  const { busy, all, own, stolen } = machineTimes()
  const passed = all - before.all
  if (passed <= 0) return { busy: 0, own: 0 }
  const isKnown = stolen !== undefined && before.stolen !== undefined
  return {
    // Linux may take back a bit of the time that it has said somebody waited for a disk.
    busy: Math.min(1, (busy - before.busy) / passed),
    own: Math.min(1, (own - before.own) / passed),
    ...(isKnown && { stolen: Math.min(1, (stolen - before.stolen) / passed) }),
  }
}

/** Clock ticks of Linux are hundredths of a second, and what `os.cpus` says is in milliseconds. */
const TICK_MS = 10

/**
 * What the first line of `/proc/stat` says. Node leaves out of it the time in which a processor had nothing to do but wait for a
 * disk, that of interrupts that were put off, and what was stolen: parts of what is left are too great. Undefined for no such line.
 */
export function timesIn(stat: string): Times | undefined {
  const [, ...ticks] = stat.split('\n', 1)[0]?.split(/ +/) ?? []
  const [user, nice, system, idle, waiting, hard, soft, stolen] = ticks.map((tick) => Number(tick) * TICK_MS)
  if (user === undefined || nice === undefined || system === undefined || idle === undefined) return undefined
  const [disk = 0, interrupts = 0, more = 0] = [waiting, hard, soft]
  const busy = user + nice + system + interrupts + more
  return { busy, all: busy + idle + disk + (stolen ?? 0), stolen }
}

/** Undefined on other systems. */
function timesOfLinux(): Times | undefined {
  try {
    return timesIn(readFileSync('/proc/stat', 'utf8'))
  } catch {
    // There is no such file: what Node knows is all there is.
    return undefined
  }
}

function timesOfNode(): Times {
  const times = cpus().map((cpu) => cpu.times)
  const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0)
  return { busy, all: times.reduce((sum, { idle }) => sum + idle, busy), stolen: undefined }
}
