import { COUNTED, type Numbers, TIMED } from '../../measure/board.ts'
import { merge, since } from '../../measure/counts.ts'
import { recordOf } from '../../record-of.ts'

/** Of all threads together. */
export const addNumbers = (parts: readonly Numbers[]): Numbers => ({
  counted: recordOf(COUNTED, (name) => parts.reduce((sum, { counted }) => sum + counted[name], 0)),
  timed: recordOf(TIMED, (name) => merge(parts.map(({ timed }) => timed[name]))),
})

export const numbersSince = (before: Numbers, now: Numbers): Numbers => ({
  counted: recordOf(COUNTED, (name) => now.counted[name] - before.counted[name]),
  timed: recordOf(TIMED, (name) => since(before.timed[name], now.timed[name])),
})
