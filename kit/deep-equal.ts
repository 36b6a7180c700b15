/**
 * Equality by value: bytes of any class (`Buffer`, `Uint8Array`), arrays, plain objects whatever their prototype,
 * and integers whether they came as `number` or `bigint`. A member that is `undefined` equals an absent one.
 */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (isNumeric(left) && isNumeric(right))
    return typeof left !== typeof right && asInteger(left) === asInteger(right)
  if (left instanceof Uint8Array || right instanceof Uint8Array) return sameBytes(left, right)
  if (Array.isArray(left) || Array.isArray(right)) return sameItems(left, right)
  if (isObject(left) && isObject(right)) return sameMembers(left, right)
  return false
}

const isNumeric = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'

const asInteger = (value: number | bigint): bigint | number =>
  typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function sameBytes(left: unknown, right: unknown): boolean {
  if (!(left instanceof Uint8Array) || !(right instanceof Uint8Array)) return false
  return Buffer.compare(left, right) === 0
}

function sameItems(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
  return left.every((item, index) => deepEqual(item, right[index]))
}

function sameMembers(
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
): boolean {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every((key) => deepEqual(left[key], right[key]))
}
