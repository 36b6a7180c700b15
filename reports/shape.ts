import * as v from 'valibot'

/*
 * Parts of the shapes of files. One definition is the type, the check of what was read, and the JSON Schema
 * (`scripts/json-schemas.ts`). A message continues a sentence that begins with the place: `appends.acked is not a text`.
 */

/** The type of what a schema accepts, with all that is in it read-only. */
export type Shape<Schema extends v.GenericSchema> = Immutable<v.InferOutput<Schema>>

type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? keyof T extends never
      ? T
      : { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T

export const text = v.string('is not a text')
export const nonEmptyText = v.pipe(text, v.nonEmpty('is empty'))
export const texts = v.array(text, 'is not a list')
export const flag = v.boolean('is not true or false')
/** Of what is there only where it is so. */
export const onlyTrue = v.literal(true, 'is not true')

const finite = v.pipe(v.number(), v.finite())
export const amount = v.message(v.pipe(finite, v.minValue(0)), 'is not a number of 0 or more')
export const count = v.message(
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  'is not a whole number of 0 or more',
)
/** A part of a whole. */
export const part = v.message(v.pipe(finite, v.minValue(0), v.maxValue(1)), 'is not a number from 0 to 1')
export const number = v.message(finite, 'is not a number')
export const above0 = v.message(v.pipe(finite, v.gtValue(0)), 'is not a number above 0')

const isTime = (value: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) && !Number.isNaN(Date.parse(value))

/** RFC 3339, in UTC. */
export const time = v.message(
  v.pipe(v.string(), v.check(isTime), v.metadata({ format: 'date-time', pattern: 'Z$' })),
  'is not a time such as 2026-11-25T08:00:00.000Z',
)

export const oneOf = <const T extends string>(values: readonly T[]) =>
  v.picklist(values, `is not ${values.map((value) => JSON.stringify(value)).join(' or ')}`)

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of Valibot's own schemas of objects each takes a list too. */
export const anyObject = v.custom<object>(isObject, 'is not an object')

/** These fields and no others: what is not understood cannot be added up or shown either. */
export const fields = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(anyObject, v.strictObject(entries))

export const recordOf = <const Item extends v.GenericSchema>(item: Item) =>
  v.pipe(anyObject, v.record(v.string(), item))

export const listOf = <const Item extends v.GenericSchema>(item: Item) => v.array(item, 'is not a list')

export const nonEmpty = <const Item extends v.GenericSchema>(item: Item) =>
  v.message(v.pipe(v.array(item), v.minLength(1)), 'is not a list of 1 or more')

/** Returns one sentence about a value that a schema refused: the place, and what is wrong there. */
export function complaint(issues: readonly v.BaseIssue<unknown>[]): string {
  // A field of another spelling is the reason why one is missing.
  const issue = issues.find(({ expected }) => expected === 'never') ?? issues[0]
  const path = issue?.path ?? []
  const last = path.at(-1)
  if (issue === undefined || last?.origin !== 'key') return sentence(path, issue?.message ?? 'is not valid')
  if (issue.kind === 'schema' && issue.expected !== 'never') return sentence(path, 'is missing')
  const why = issue.kind === 'schema' ? 'is not known here' : 'means nothing there'
  return sentence(path.slice(0, -1), `has a field ${JSON.stringify(last.key)}, which ${why}`)
}

/** A message may go on where the path ends: `[4].at is …`. */
const sentence = (path: readonly v.IssuePathItem[], message: string): string =>
  `${placeOf(path)}${/^[.:[]/.test(message) ? '' : ' '}${message}`

const placeOf = (path: readonly v.IssuePathItem[]): string =>
  path
    .map(({ type, key }) => (type === 'array' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '') || 'it'
