import * as v from 'valibot'
import { anyObject, isObject } from '../shape.ts'

/** Data of this many levels; what it means is the workload's business. */
const DEPTH = 8

const isFlat = (value: unknown, depth: number): boolean =>
  (!isObject(value) && !Array.isArray(value)) ||
  (depth > 0 && Object.values(value).every((inner) => isFlat(inner, depth - 1)))

/** The workload of a run, with its defaults. */
export const workload = v.pipe(
  anyObject,
  v.check(
    (value) => Object.values(value).every((each) => isFlat(each, DEPTH - 1)),
    `is nested more than ${DEPTH} levels deep`,
  ),
)
