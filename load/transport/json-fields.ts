/** A field of what may be anything; undefined where there is none. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined

/** Undefined for what is no whole number from 0 up to 2^53 - 1. */
export function countOf(value: unknown, name: string): number | undefined {
  const field = fieldOf(value, name)
  return typeof field === 'number' && Number.isSafeInteger(field) && field >= 0 ? field : undefined
}
