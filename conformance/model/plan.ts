import type { Transport } from '../../client/transport.ts'
import { isObject } from '../../kit/is-object.ts'
import { isJudgedProfile, type JudgedProfile } from '../check/profile.ts'

/** A generated case that failed, in full. The server's answers steer a run, so that a seed alone would not bring it back. */
export interface Plan {
  readonly version: 2
  /** Id of the row. */
  readonly property: string
  readonly profile: JudgedProfile
  readonly transport: Transport
  /** The case as plain data; the property knows its form. */
  readonly input: unknown
  /** What was allowed and what came, when it was recorded. */
  readonly failure: string
}

export const serializePlan = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`

/** Throws a `RangeError` in one sentence for a file that is no plan of this version. */
export function parsePlan(text: string): Plan {
  const value = parse(text)
  if (!isObject(value) || value.version !== 2) throw new RangeError('it does not say that it is of version 2')
  const { property, profile, transport, input, failure } = value
  if (typeof property !== 'string' || typeof failure !== 'string' || !isJudgedProfile(profile))
    throw new RangeError('it names no property, profile or failure')
  if (!isTransport(transport))
    throw new RangeError('it names none of json, base64, protobuf, sse, s2s and s2s-http1 as transport')
  if (input === undefined) throw new RangeError('it holds no input')
  return { version: 2, property, profile, transport, input, failure }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RangeError('it is not JSON')
  }
}

const isTransport = (value: unknown): value is Transport =>
  typeof value === 'string' && ['json', 'base64', 'protobuf', 'sse', 's2s', 's2s-http1'].includes(value)
