import type { Fired } from './defect.ts'

export interface Firings {
  readonly fired: Fired
  count(): number
}

export function countFirings(): Firings {
  let count = 0
  return {
    fired(value) {
      count += 1
      return value
    },
    count: () => count,
  }
}
