import type { Requirement } from '../../check/requirement.ts'
import { afterRestart } from './after-restart.ts'
import { fenceRows } from './fence.ts'
import { form } from './form.ts'
import { reading } from './reading.ts'
import { trimArgumentRows } from './trim-argument.ts'
import { trimPoint } from './trim-point.ts'
import { trimmedReads } from './trimmed-reads.ts'

export const CMD: readonly Requirement[] = [
  ...form,
  ...fenceRows,
  ...trimArgumentRows,
  ...reading,
  ...afterRestart,
  ...trimPoint,
  ...trimmedReads,
]
