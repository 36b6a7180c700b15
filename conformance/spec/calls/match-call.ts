import { isDeepStrictEqual } from 'node:util'
import { parseJson, stringifyJson } from '../../../proto/json.ts'
import { WireError } from '../../../proto/wire-error.ts'
import type { ExampleExchange, ExampleRequest } from '../capture/example.ts'
import { CALL_OPERATIONS, type CallOperation, type CallRequest } from './operations.ts'

/** The call that makes a captured request, or the nearest one. */
export interface MatchedCall {
  readonly operation: CallOperation
  /** The values of the captured request that the call does not have, such as `count=5`. */
  readonly differences: readonly string[]
}

/** Refusals of requests that no client sends: malformed, or with values of a wrong type. */
const MALFORMED: ReadonlySet<number> = new Set([400, 405, 415, 422])

/** Finds the call for an exchange by its method, path, parameters and body; undefined where clients make no such request. */
export function callFor({ request, answer }: ExampleExchange): MatchedCall | undefined {
  if ('error' in answer || MALFORMED.has(answer.status)) return undefined
  const values = valuesOf(request)
  if (values === undefined) return undefined
  const candidates = CALL_OPERATIONS.filter((operation) => isCandidate(operation.request, values)).map(
    (operation) => ({ operation, distance: distanceOf(operation.request, values) }),
  )
  const [nearest] = candidates.toSorted((one, other) => one.distance - other.distance)
  if (nearest === undefined) return undefined
  return { operation: nearest.operation, differences: differencesOf(nearest.operation.request, values) }
}

/** A captured request in the form of a call's. */
type Values = Omit<CallRequest, 'method'> & { readonly method: string }

/** Headers that clients send too; any other makes the request a special one. */
const USUAL_HEADERS: ReadonlySet<string> = new Set([
  's2-basin',
  's2-encryption-key',
  's2-request-token',
  'content-type',
  'accept',
  'authorization',
])

function valuesOf(request: ExampleRequest): Values | undefined {
  const { method, headers } = request
  if (Object.keys(headers).some((name) => !USUAL_HEADERS.has(name))) return undefined
  const [path = '', search = ''] = request.path.split('?')
  const parameters = [...new URLSearchParams(search)]
  const query = Object.fromEntries(parameters)
  if (Object.keys(query).length < parameters.length || path.includes('//')) return undefined
  const body = bodyOf(request)
  if (body === undefined && request.body !== undefined) return undefined
  const basin = headers['s2-basin']
  const key = headers['s2-encryption-key']
  const session = sessionOf(request)
  return {
    method,
    path,
    ...(parameters.length > 0 && { query }),
    ...(basin !== undefined && { basin }),
    ...(key !== undefined && { key }),
    ...(body !== undefined && { body }),
    ...(session !== undefined && { session }),
  }
}

function sessionOf({ method, headers }: ExampleRequest): CallRequest['session'] {
  const isS2s = headers['content-type']?.startsWith('s2s/') === true
  if (method === 'POST' && isS2s) return 'append'
  return isS2s || headers.accept === 'text/event-stream' ? 'read' : undefined
}

/** The body as JSON values; of frames, one for each. Undefined where it is of another form, or not shown whole. */
function bodyOf({ body }: ExampleRequest): unknown {
  switch (body?.kind) {
    case 'text':
      return body.omittedBytes === undefined ? jsonOf(body.text) : undefined
    case 'message':
      return jsonOf(body.fields)
    case 'frames': {
      const batches = body.frames.map(({ payload }) => jsonOf(payload.fields))
      return batches.includes(undefined) ? undefined : batches
    }
    default:
      return undefined
  }
}

function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}

/** Whether a call has the method, the path and the session of a request, and a body where that has one. */
function isCandidate(call: CallRequest, values: Values): boolean {
  if (call.method !== values.method || call.session !== values.session) return false
  if ((call.basin === undefined) !== (values.basin === undefined)) return false
  if ((call.key === undefined) !== (values.key === undefined)) return false
  if (!isLikePath(call.path, values.path) || commandOf(call.body) !== commandOf(values.body)) return false
  return kindOf(call.body) === kindOf(values.body) || values.body === undefined
}

const kindOf = (body: unknown): string => (Array.isArray(body) ? 'list' : typeof body)

/** Names differ; the other parts of a path are the same. */
function isLikePath(pattern: string, path: string): boolean {
  const [expected, actual] = [pattern.split('/'), path.split('/')]
  return (
    expected.length === actual.length &&
    expected.every((part, index) => part === actual[index] || (isName(part) && isOther(actual[index])))
  )
}

const isName = (part: string): boolean => /^(?:my-basin|example-\d+|reader)$/.test(part)

/** A name, and no fixed part of another path. */
const isOther = (part = ''): boolean => part !== '' && part !== 'default'

/** `fence` or `trim` for a body of one command record. */
function commandOf(body: unknown): string | undefined {
  const records = memberOf(body, 'records')
  const headers = Array.isArray(records) && records.length === 1 ? memberOf(records[0], 'headers') : undefined
  const first: unknown = Array.isArray(headers) ? headers[0] : undefined
  return Array.isArray(first) && first[0] === '' ? String(first[1]) : undefined
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

/** How many parameters and members only one of the two has. */
const distanceOf = (call: CallRequest, values: Values): number =>
  new Set(placesOf(call)).symmetricDifference(new Set(placesOf(values))).size

/** The names of all parameters and members. */
const placesOf = ({ query = {}, body }: Pick<CallRequest, 'query' | 'body'>): readonly string[] => [
  ...Object.keys(query),
  ...membersOf(body, 'body'),
]

function membersOf(value: unknown, place: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [place]
  const members = Array.isArray(value)
    ? value.map((item) => [place, item] as const)
    : Object.entries(value).map(([name, member]) => [`${place}.${name}`, member] as const)
  return [place, ...members.flatMap(([name, member]) => membersOf(member, name))]
}

/** What the captured request has instead of the values of the call, in the words of the request. */
function differencesOf(call: CallRequest, values: Values): readonly string[] {
  return [
    ...(call.basin === values.basin ? [] : [`basin ${values.basin}`]),
    ...names(call.path, values.path),
    ...changes(call.query ?? {}, values.query ?? {}, (name, value) => `${name}=${String(value)}`),
    ...bodyChanges(call.body, values.body),
    ...(hasLargeInteger(values) ? ['integers above 2^53, which TypeScript does not take'] : []),
  ]
}

/** Whether a value is an integer that a JavaScript number does not hold exactly. */
function hasLargeInteger({ query = {}, body }: Values): boolean {
  const integers = `${Object.values(query).join(' ')} ${stringifyJson(body) ?? ''}`.match(
    /(?<![\w."-])\d{16,20}(?![\w."])/g,
  )
  return (integers ?? []).some((digits) => BigInt(digits) > BigInt(Number.MAX_SAFE_INTEGER))
}

/** The names in a path that differ, such as `stream example-2`. */
function names(pattern: string, path: string): readonly string[] {
  const actual = path.split('/')
  return pattern.split('/').flatMap((part, at, all) => {
    const name = actual[at] ?? ''
    return part === name ? [] : [`${KINDS[`${all[2]} ${at}`] ?? 'name'} ${decoded(name)}`]
  })
}

/** What the part of a path at an index names. */
const KINDS: Readonly<Record<string, string>> = {
  'streams 3': 'stream',
  'basins 3': 'basin',
  'access-tokens 3': 'token',
  'metrics 3': 'basin',
  'metrics 4': 'stream',
}

/** Percent-encoded text that is no UTF-8 stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function bodyChanges(call: unknown, actual: unknown): readonly string[] {
  if (isDeepStrictEqual(exact(call), exact(actual))) return []
  if (isObject(call) && isObject(actual))
    return changes(call, actual, (name, value) => shortly(name, stringifyJson(value)))
  return actual === undefined ? ['no body'] : [Array.isArray(actual) ? 'other batches' : 'another body']
}

function changes(
  call: object,
  actual: object,
  show: (name: string, value: unknown) => string,
): readonly string[] {
  const expected = new Map(Object.entries(call))
  const given = Object.entries(actual)
  return [
    ...given
      .filter(([name, value]) => !isDeepStrictEqual(exact(expected.get(name)), exact(value)))
      .map(([name, value]) => show(name, value)),
    ...[...expected.keys()]
      .filter((name) => !given.some(([key]) => key === name))
      .map((name) => `no ${name}`),
  ]
}

const MAX_SHOWN = 48

const shortly = (name: string, text: string): string =>
  text.length > MAX_SHOWN ? `other ${name}` : `${name}: ${text}`

/** The same with each `bigint` as a number, as calls have them. */
function exact(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(exact)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, exact(member)]))
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
