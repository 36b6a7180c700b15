import type { Requirement } from '../../check/requirement.ts'
import { defaultRows } from './default.ts'
import { listing } from './listing.ts'
import { names } from './names.ts'
import { notImplemented } from './not-implemented.ts'
import { unknown } from './unknown.ts'

export const CP_LOC: readonly Requirement[] = [
  ...notImplemented,
  ...listing,
  ...names,
  ...defaultRows,
  ...unknown,
]
