import type { Rates } from '../../../reports/load/calibration.ts'

/** Seconds that a thread needs for each. */
export interface Costs {
  readonly perAppend: number
  readonly perRecord: number
  readonly perByte: number
}

/**
 * What appends, records and bytes cost, from three loads each of which took the whole of a second: one of which appends cost
 * most, one of which records do, and one of which bytes do. Undefined where they say nothing, as three that are alike.
 */
export function solveCosts(loads: readonly [Rates, Rates, Rates]): Costs | undefined {
  const rows = loads.map(({ appends, records, bytes }) => [appends, records, bytes] as const)
  const whole = determinant(rows)
  if (whole === 0 || !Number.isFinite(whole)) return undefined
  // Cramer's rule. Where the noise of the measurements makes one less than nothing, it is nothing.
  const cost = (column: number): number =>
    Math.max(0, determinant(rows.map((row) => row.map((value, at) => (at === column ? 1 : value)))) / whole)
  return { perAppend: cost(0), perRecord: cost(1), perByte: cost(2) }
}

function determinant(rows: readonly (readonly number[])[]): number {
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0
  const minor = (one: number, other: number): number => at(1, one) * at(2, other) - at(1, other) * at(2, one)
  return at(0, 0) * minor(1, 2) - at(0, 1) * minor(0, 2) + at(0, 2) * minor(0, 1)
}
