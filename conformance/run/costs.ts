import type { Requirement } from '../check/requirement.ts'
import file from './costs.json' with { type: 'json' }

/** What one check of a row asks of a target, as measured on the reference server. */
export interface Cost {
  readonly requests: number
  /** Of bodies, both ways together. */
  readonly bytes: number
  /** From its begin to its end, with a few others beside it. */
  readonly ms: number
}

export interface Estimate extends Omit<Cost, 'ms'> {
  readonly rows: number
  readonly checks: number
  /** Rows that were not measured, and are counted as the average. */
  readonly unmeasured: number
  /** The least time that the longest row takes, in seconds. */
  readonly seconds: number
}

/** `costs.json` holds requests, bytes and time of one check by the row's id; `npm run verify -- costs` writes it from a report. */
const costs: ReadonlyMap<string, Cost> = new Map(
  Object.entries<readonly number[]>(file).map(([id, [requests = 0, bytes = 0, ms = 0]]) => [
    id,
    { requests, bytes, ms },
  ]),
)

/** Undefined where nobody has measured it. */
export const costOf = (id: string): Cost | undefined => costs.get(id)

/** What takes long, and asks so little that it is not its requests that take it. */
const WAITING_MS = 400
const WAITING_MS_A_REQUEST = 25

/**
 * Seconds that a check mostly waits: those that it must by its nature and, of a run that is over in as long, those that it was
 * seen to. In a longer one these waits end beside others, and to begin all such checks together would only crowd the target.
 */
export function waitOf({ id, seconds = 0 }: Pick<Requirement, 'id' | 'seconds'>, isShort: boolean): number {
  if (seconds >= 1) return seconds
  if (!isShort) return 0
  const { ms = 0, requests = 0 } = costs.get(id) ?? {}
  return ms >= WAITING_MS && ms >= WAITING_MS_A_REQUEST * requests ? ms / 1000 : 0
}

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

function averageOf(all: readonly Cost[]): Omit<Cost, 'ms'> {
  const sum = (key: 'requests' | 'bytes'): number => all.reduce((total, cost) => total + cost[key], 0)
  const count = Math.max(1, all.length)
  return { requests: sum('requests') / count, bytes: sum('bytes') / count }
}
