import type { Transport } from '../requirement.ts'
import type { Step } from './step.ts'

/** A sequence that failed, in full. The server's answers steer a run, so that a seed alone would not bring it back. */
export interface Plan {
  readonly version: 1
  readonly property: string
  readonly transport: Transport
  readonly steps: readonly Step[]
  /** What was allowed and what came, when it was recorded. */
  readonly failure: string
}

export const serializePlan = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`

/** Throws a `RangeError` in one sentence for a file that is no plan of this version. */
export function parsePlan(text: string): Plan {
  const value = parse(text)
  if (!isObject(value) || value.version !== 1) throw new RangeError('not a replay file of version 1')
  const { property, transport, steps, failure } = value
  if (typeof property !== 'string' || typeof failure !== 'string')
    throw new RangeError('a replay file names its property and failure')
  if (!isTransport(transport))
    throw new RangeError('a replay file names json, base64, protobuf, sse or s2s as transport')
  if (!Array.isArray(steps) || !steps.every(isStep))
    throw new RangeError('the steps of a replay file are append, read or check-tail')
  return { version: 1, property, transport, steps, failure }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RangeError('a replay file is JSON')
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isTransport = (value: unknown): value is Transport =>
  typeof value === 'string' && ['json', 'base64', 'protobuf', 'sse', 's2s', 's2s-http1'].includes(value)

/** The kind of step and the parts that make it one; a part with a wrong value is met when the step is sent. */
const isStep = (value: unknown): value is Step => {
  if (!isObject(value)) return false
  if (value.step === 'append') return Array.isArray(value.records) && value.records.every(isObject)
  if (value.step === 'read') return isObject(value.start) && typeof value.start.from === 'string'
  return value.step === 'check-tail'
}
