import type { Requirement } from '../../check/requirement.ts'
import { nothingChanged, statusBelongsToCode } from './bindings.ts'
import { badHeader, badJson, badProto, invalid } from './codes.ts'
import { transactionConflict } from './conflict.ts'
import { bodiesWithoutCode, failureWithoutEffect } from './control-plane.ts'

/** Section 11: codes, and what goes with them. */
export const errorRequirements: readonly Requirement[] = [
  badHeader,
  badJson,
  badProto,
  invalid,
  transactionConflict,
  statusBelongsToCode,
  nothingChanged,
  bodiesWithoutCode,
  failureWithoutEffect,
]
