import type { Look, Origin, Path } from './look.ts'

/**
 * An answer as it is, which tells of every part of it that is looked at: values, lists whose length is asked for, objects
 * whose members are gone through.
 */
export function lens(value: unknown, origin: Origin, onLook: (look: Look) => void): unknown {
  const lenses = new WeakMap<object, unknown>()
  const seen = new Set<string>()
  const tell = (path: Path, at: Look['at'], there: unknown): void => {
    const key = `${at} ${path.join(' ')}`
    if (seen.has(key)) return
    seen.add(key)
    onLook({ origin, path, at, value: there })
  }
  const through = (there: unknown, path: Path): unknown => {
    if (!isComposite(there)) {
      tell(path, 'value', there)
      return there
    }
    const known = lenses.get(there)
    if (known !== undefined) return known
    const made = new Proxy(there, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key)
        if (typeof key === 'symbol' || typeof member === 'function' || key === 'then' || key === 'toJSON')
          return member
        if (Array.isArray(target) && key === 'length') {
          tell(path, 'items', target)
          return member
        }
        return isSession(member) ? member : through(member, [...path, key])
      },
      ownKeys(target) {
        if (!Array.isArray(target)) tell(path, 'members', target)
        return Reflect.ownKeys(target)
      },
    })
    lenses.set(there, made)
    return made
  }
  return through(value, [])
}

/** Bytes are one value, however long. */
const isComposite = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !(value instanceof Error)

/** Sessions tell by themselves what their calls bring. */
const isSession = (value: unknown): boolean =>
  isComposite(value) && !Array.isArray(value) && 'cancel' in value
