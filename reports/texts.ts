import type { RequirementResult } from './result.ts'

/**
 * The row with every text in it that came from a run put through `change`. The transcript first, in the order in which
 * things happened.
 */
export function withTexts(row: RequirementResult, change: (text: string) => string): RequirementResult {
  const { transcript, reason, what, asked, allowed, came, observations, files, curl, timelines, ...rest } =
    row
  const lines = transcript?.map(change)
  return {
    ...rest,
    ...(reason !== undefined && { reason: change(reason) }),
    ...(what !== undefined && { what: change(what) }),
    ...(asked !== undefined && { asked: change(asked) }),
    ...(allowed !== undefined && { allowed: change(allowed) }),
    ...(came !== undefined && { came: change(came) }),
    observations: observations.map(change),
    ...(lines !== undefined && { transcript: lines }),
    ...(files !== undefined && { files: files.map(change) }),
    ...(curl !== undefined && { curl: change(curl) }),
    ...(timelines !== undefined && {
      timelines: timelines.map(({ title, operations }) => ({
        title: change(title),
        operations: operations.map(({ client, label, outcome, ...operation }) => ({
          ...operation,
          client: change(client),
          label: change(label),
          outcome: change(outcome),
        })),
      })),
    }),
  }
}

/**
 * The value with every text in it put through `change`, and with every key that is no name of ours, as a count by what
 * was counted has: `500 internal`.
 */
export function mapTexts<T>(value: T, change: (text: string) => string): T
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts<unknown>(each, change))
  if (typeof value !== 'object' || value === null) return value
  const mapped = new Map<string, unknown>()
  for (const [key, each] of Object.entries(value)) {
    const name = /^[\w.-]+$/.test(key) ? key : change(key)
    const before = mapped.get(name)
    // Two that differ in a secret alone are counted together.
    const isSum = typeof before === 'number' && typeof each === 'number'
    mapped.set(name, isSum ? before + each : mapTexts<unknown>(each, change))
  }
  return Object.fromEntries(mapped)
}
