import { areas } from './areas.ts'
import { parseRows } from './parse-rows.ts'
import type { Row, Tier } from './row.ts'

/** Every row, in order. The JSON files beside it are the source; they are checked when this module is loaded. */
export const catalogue: readonly Row[] = areas.flatMap(([area, file]) => parseRows(area, file))

/** The row of that id, to be spread into a requirement: `...row('APP-013')`. Throws an Error on an id that is not there. */
export function row(id: string): Row {
  const found = byId.get(id)
  if (found === undefined)
    throw new Error(`the catalogue has no row "${id}"; ids look like APP-013 or CP-BAS-001`)
  return found
}

/** The rows judged in that tier, in order. */
export function rowsOf(tier: Tier): readonly Row[] {
  return catalogue.filter((each) => each.tier === tier)
}

const byId: ReadonlyMap<string, Row> = new Map(catalogue.map((each) => [each.id, each]))
