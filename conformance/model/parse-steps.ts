import { isObject } from '../../kit/is-object.ts'
import type { Step } from './step.ts'

type Kind = Step['step']

const isNumber = (value: unknown): boolean => Number.isSafeInteger(value)
const isRecords = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => isObject(one) && typeof one.record === 'string')
const isStart = (value: unknown): boolean => isObject(value) && typeof value.from === 'string'

/** The parts that make each kind of step; a part with a wrong value is met when the step is sent. */
const PARTS: Readonly<Record<Kind, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  append: { stream: isNumber, records: isRecords },
  poll: { stream: isNumber, records: isRecords },
  read: { stream: isNumber, start: isStart },
  follow: { stream: isNumber, start: isStart },
  'catch-up': {},
  'check-tail': { stream: isNumber },
  create: { stream: isNumber },
  ensure: { stream: isNumber },
  reconfigure: { stream: isNumber, patch: isObject },
  'get-config': { stream: isNumber },
  delete: { stream: isNumber },
  settle: { stream: isNumber },
  trimmed: { stream: isNumber },
  list: {},
  'ensure-basin': { config: isObject },
  'reconfigure-basin': { patch: isObject },
  'get-basin-config': {},
}

/** Throws a `RangeError` in one sentence for what are no steps. */
export function parseSteps(value: unknown): readonly Step[] {
  if (!Array.isArray(value) || !value.every(isStep))
    throw new RangeError(`the steps of a replay file are ${Object.keys(PARTS).join(', ')}`)
  return value
}

/** Whether it has the parts of a step. */
export function isStep(value: unknown): value is Step {
  if (!isObject(value) || typeof value.step !== 'string') return false
  const parts = Object.entries(PARTS).find(([kind]) => kind === value.step)?.[1]
  return parts !== undefined && Object.entries(parts).every(([name, isPart]) => isPart(value[name]))
}
