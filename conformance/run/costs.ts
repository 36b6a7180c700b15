import type { Requirement } from '../requirement.ts'
import file from './costs.json' with { type: 'json' }

/** What one check of a row asks of a target, as measured on the reference server. */
export interface Cost {
  readonly requests: number
  /** Of bodies, both ways together. */
  readonly bytes: number
}

export interface Estimate extends Cost {
  readonly rows: number
  readonly checks: number
  /** Rows that were not measured, and are counted as the average. */
  readonly unmeasured: number
  /** The least time that the longest row takes, in seconds. */
  readonly seconds: number
}

/** `costs.json` holds requests and bytes of one check by the row's id; `npm run costs` writes it from a report. */
const costs: ReadonlyMap<string, Cost> = new Map(
  Object.entries<readonly number[]>(file).map(([id, [requests = 0, bytes = 0]]) => [id, { requests, bytes }]),
)

/** Undefined where nobody has measured it. */
export const costOf = (id: string): Cost | undefined => costs.get(id)

/** About what a run of these rows asks of a target; what is shared by all rows is little beside it. */
export function estimate(selected: readonly Requirement[], firstTransportOnly: boolean): Estimate {
  const average = averageOf([...costs.values()])
  const parts = selected.map((requirement) => {
    const checks = firstTransportOnly ? 1 : (requirement.on ?? ['json']).length
    const { requests, bytes } = costs.get(requirement.id) ?? average
    return { checks, requests: requests * checks, bytes: bytes * checks }
  })
  const total = (key: 'checks' | 'requests' | 'bytes'): number =>
    Math.round(parts.reduce((sum, part) => sum + part[key], 0))
  return {
    rows: selected.length,
    checks: total('checks'),
    requests: total('requests'),
    bytes: total('bytes'),
    unmeasured: selected.filter(({ id }) => !costs.has(id)).length,
    seconds: Math.max(0, ...selected.map(({ seconds = 0 }) => seconds)),
  }
}

function averageOf(all: readonly Cost[]): Cost {
  const sum = (key: keyof Cost): number => all.reduce((total, cost) => total + cost[key], 0)
  const count = Math.max(1, all.length)
  return { requests: sum('requests') / count, bytes: sum('bytes') / count }
}
