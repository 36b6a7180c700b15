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
