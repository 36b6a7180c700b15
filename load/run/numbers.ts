import { COUNTED, type Counted, type Numbers, TIMED, type Timed } from '../measure/board.ts'
import { merge, since } from '../measure/counts.ts'
import type { Counts } from '../measure/recorder.ts'

/** Of all threads together. */
export const addNumbers = (parts: readonly Numbers[]): Numbers => ({
  counted: forEachCounted((name) => parts.reduce((sum, { counted }) => sum + counted[name], 0)),
  timed: forEachTimed((name) => merge(parts.map(({ timed }) => timed[name]))),
})

export const numbersSince = (before: Numbers, now: Numbers): Numbers => ({
  counted: forEachCounted((name) => now.counted[name] - before.counted[name]),
  timed: forEachTimed((name) => since(before.timed[name], now.timed[name])),
})

const forEachCounted = (of: (name: Counted) => number): Record<Counted, number> =>
  Object.fromEntries(COUNTED.map((name) => [name, of(name)])) as Record<Counted, number>

const forEachTimed = (of: (name: Timed) => Counts): Record<Timed, Counts> =>
  Object.fromEntries(TIMED.map((name) => [name, of(name)])) as Record<Timed, Counts>
