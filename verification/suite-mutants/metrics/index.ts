import type { Defect } from '../defect.ts'
import { defaultIntervalIsADay } from './default-interval-is-a-day.ts'
import { endMayBeMissing } from './end-may-be-missing.ts'
import { everySetHasEveryInterval } from './every-set-has-every-interval.ts'
import { futureIsAnswered } from './future-is-answered.ts'
import { longestSpanIsRefused } from './longest-span-is-refused.ts'
import { turnedRangeIsEmpty } from './turned-range-is-empty.ts'

export const metrics: readonly Defect[] = [
  defaultIntervalIsADay,
  endMayBeMissing,
  everySetHasEveryInterval,
  futureIsAnswered,
  longestSpanIsRefused,
  turnedRangeIsEmpty,
]
