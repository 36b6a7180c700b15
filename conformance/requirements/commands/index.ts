import type { Requirement } from '../../check/requirement.ts'
import * as fence from './fence.ts'
import * as form from './form.ts'
import * as reading from './reading.ts'
import * as trimArgument from './trim-argument.ts'
import * as trimPoint from './trim-point.ts'
import * as trimmedReads from './trimmed-reads.ts'

export const commandRequirements: readonly Requirement[] = [
  form,
  fence,
  trimArgument,
  reading,
  trimPoint,
  trimmedReads,
].flatMap((group) => Object.values(group))
