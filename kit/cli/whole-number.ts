import { UsageError } from '../usage-error.ts'

/** Throws `UsageError`; `name` is how the option is typed. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new UsageError(`${name} is a whole number from ${least} to ${most}, not "${text}"`)
}
