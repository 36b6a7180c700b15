/**
 * Readers of what came from outside: each takes a value and where it stands, and gives it back as what it is, or throws a
 * `LoadReportError` that names the place.
 */
export type Read<T> = (value: unknown, at: string) => T

/** The text is no result of a load; the message names the field and says what is wrong with it. */
export class LoadReportError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LoadReportError'
  }
}

const wrong = (at: string, due: string): LoadReportError =>
  new LoadReportError(`${at === '' ? 'it' : at} is not ${due}`)

/** A reader of the values of which this holds. */
export const such =
  <T>(due: string, holds: (value: unknown) => value is T): Read<T> =>
  (value, at) => {
    if (!holds(value)) throw wrong(at, due)
    return value
  }

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export const text: Read<string> = such('a text', (value) => typeof value === 'string')
export const flag: Read<boolean> = such('true or false', (value) => typeof value === 'boolean')
/** Of what is there only where it is so. */
export const onlyTrue: Read<true> = such('true', (value): value is true => value === true)
export const amount: Read<number> = such(
  'a number of 0 or more',
  (value): value is number => isNumber(value) && value >= 0,
)
export const count: Read<number> = such(
  'a whole number of 0 or more',
  (value): value is number => Number.isSafeInteger(value) && isNumber(value) && value >= 0,
)
/** Of a whole. */
export const part: Read<number> = such(
  'a number from 0 to 1',
  (value): value is number => isNumber(value) && value >= 0 && value <= 1,
)

export const oneOf = <const T extends string | number>(values: readonly T[]): Read<T> =>
  such(values.map((value) => JSON.stringify(value)).join(' or '), (value): value is T =>
    values.some((known) => known === value),
  )

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value)

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const object_ = such('an object', isObject)

export const listOf =
  <T>(read: Read<T>, least = 0): Read<readonly T[]> =>
  (value, at) => {
    const list = such(least === 0 ? 'a list' : `a list of ${least} or more`, isArray)(value, at)
    if (list.length < least) throw wrong(at, `a list of ${least} or more`)
    return list.map((each, index) => read(each, `${at}[${index}]`))
  }

export const recordOf =
  <T>(read: Read<T>, keys: RegExp = /^/): Read<Readonly<Record<string, T>>> =>
  (value, at) =>
    Object.fromEntries(
      Object.entries(object_(value, at)).map(([key, each]) => {
        if (!keys.test(key))
          throw new LoadReportError(`${at} has a field "${key}", which means nothing there`)
        return [key, read(each, below(at, key))]
      }),
    )

interface Optional<T> {
  readonly optional: Read<T>
}

/** Of a field that may be left out. */
export const optional = <T>(read: Read<T>): Optional<T> => ({ optional: read })

/** A reader for each field of `T`, `optional` for those that are. */
export type Shape<T> = {
  readonly [Key in keyof T]-?: object extends Pick<T, Key>
    ? Optional<Exclude<T[Key], undefined>>
    : Read<T[Key]>
}

/** Reads these fields and refuses all others: what is not understood cannot be added up or shown either. */
export function object<T extends object>(shape: Shape<T>): Read<T> {
  const fields = Object.entries<Read<unknown> | Optional<unknown>>(shape)
  return (value, at) => {
    const given = object_(value, at)
    const stray = Object.keys(given).find((key) => !Object.hasOwn(shape, key))
    if (stray !== undefined)
      throw new LoadReportError(`${at === '' ? 'it' : at} has a field "${stray}", which is not known here`)
    const read = fields.flatMap(([key, field]) => {
      const isThere = Object.hasOwn(given, key)
      if (!isThere && typeof field !== 'function') return []
      if (!isThere) throw new LoadReportError(`${below(at, key)} is missing`)
      return [[key, (typeof field === 'function' ? field : field.optional)(given[key], below(at, key))]]
    })
    // Every field of the shape was read by its own reader, and there is none beside them.
    return Object.fromEntries(read) as T
  }
}

const below = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`)
