import { readFileSync } from 'node:fs'
import { percent } from '../../../reports/load/words.ts'
import { type Other, watchOthers } from './truth-others.ts'

/** What this machine did beside what was measured, to be shown with every figure; NaN where the system does not say. */
export interface Disturbance {
  /** Part of the time in which something was ready to run and had no processor. */
  readonly pressure: number
  /** Part of the processors' time that the host of a virtual machine kept. */
  readonly stolen: number
  /** Who else used the processors, as far as the system says. */
  readonly others: readonly Other[]
}

/** Returns what ends the watch. */
export function watchDisturbance(): () => Disturbance {
  const others = watchOthers()
  const before = read()
  return () => {
    const now = read()
    return {
      pressure: (now.waitedUs - before.waitedUs) / (now.atUs - before.atUs),
      stolen: (now.stolen - before.stolen) / (now.all - before.all),
      others: others(),
    }
  }
}

const read = () => ({
  atUs: performance.now() * 1000,
  waitedUs: pressureTotal(textOf('/proc/pressure/cpu')),
  ...stolenTicks(textOf('/proc/stat')),
})

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Another system than Linux, or one without it: NaN says so in the table.
    return ''
  }
}

/** Microseconds, of the line `some` of a file of pressure. */
export const pressureTotal = (text: string): number =>
  Number(/^some .*\btotal=(\d+)/m.exec(text)?.[1] ?? Number.NaN)

const STOLEN = 7

/** Of the first line of `/proc/stat`, in ticks. */
export function stolenTicks(text: string): { readonly stolen: number; readonly all: number } {
  const [, ...ticks] = (text.split('\n', 1)[0] ?? '').split(/ +/)
  const counted = ticks.slice(0, STOLEN + 1).map(Number)
  return { stolen: counted[STOLEN] ?? Number.NaN, all: counted.reduce((sum, each) => sum + each, 0) }
}

export const disturbanceLines = ({ pressure, stolen, others }: Disturbance): readonly string[] => [
  `  meanwhile something waited for a processor ${percent(pressure)} of the time, and the host kept ${percent(stolen)}`,
  ...others.map(({ command, used }) => `    beside it: ${percent(used)} of a processor by ${command}`),
]
