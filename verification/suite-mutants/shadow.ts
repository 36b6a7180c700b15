import type { Defect, Seams } from './defect.ts'
import { breakSeam } from './server.ts'

/** What defects would have had a hand in, had they been there. */
export interface Shadows {
  /** The healthy parts, which do as they do, and ask each defect what it would have done. */
  follow(healthy: Seams): Seams
  /** Forgets what has been so far. */
  reset(): void
  /** Names of those that would have decided something. */
  readonly fired: ReadonlySet<string>
  /** Names of those that stand in for something that was used. */
  readonly called: ReadonlySet<string>
}

/** A part of the server as a defect has it. */
interface StandIn<Part> {
  readonly name: string
  readonly part: Part
}

/** The call of a healthy function that is being followed. */
interface Call {
  readonly key: PropertyKey
  readonly given: readonly unknown[]
  /** Returns or throws what it did. */
  readonly take: () => unknown
}

/**
 * Until a defect decides something, its server is the healthy one. So what it has a hand in is found out for all defects in one
 * life of the healthy server: rules and encodings are functions without effects, and those of each defect are asked beside
 * them. A store has effects: all that uses it is called, and nothing fires.
 */
export function createShadows(defects: readonly Defect[]): Shadows {
  const fired = new Set<string>()
  const called = new Set<string>()

  function followPart<Part extends object>(
    part: Part,
    standIns: (part: Part) => readonly StandIn<Part>[],
  ): Part {
    let call: Call | undefined
    // What a defect makes of the healthy part goes by what the server itself was told: some know its states again.
    const healthy = functionsOf(part, (target, key, own) => (given) => {
      const isSame = call?.key === key && areSame(given, call.given)
      return isSame ? call?.take() : Reflect.apply(own, target, given)
    })
    const others = standIns(healthy)
    return functionsOf(part, (target, key, own) => {
      const changed = others.filter(
        ({ part: broken }) => Reflect.get(broken, key) !== Reflect.get(healthy, key),
      )
      return (given) => {
        const outcome = attempt(own, target, given)
        call = { key, given, take: outcome }
        for (const { name, part: broken } of changed) {
          called.add(name)
          // Where one throws and the other does not it is decided otherwise, too.
          if (throws(Reflect.get(broken, key), given) !== throws(outcome, [])) fired.add(name)
        }
        call = undefined
        return outcome()
      }
    })
  }

  return {
    fired,
    called,
    reset() {
      fired.clear()
      called.clear()
    },
    follow(healthy) {
      const standIns =
        <Seam extends 'rules' | 'wire'>(seam: Seam) =>
        (part: Seams[Seam]): readonly StandIn<Seams[Seam]>[] =>
          defects
            .filter((defect) => defect.seam === seam)
            .map((defect) => {
              const noted = <Value>(value: Value): Value => {
                fired.add(defect.name)
                return value
              }
              return { name: defect.name, part: breakSeam({ ...healthy, [seam]: part }, defect, noted)[seam] }
            })
      const stored = defects.filter(({ seam }) => seam === 'store')
      return {
        rules: followPart(healthy.rules, standIns('rules')),
        wire: followPart(healthy.wire, standIns('wire')),
        store: functionsOf(healthy.store, (target, _key, own) => (given) => {
          for (const { name } of stored) called.add(name)
          return Reflect.apply(own, target, given)
        }),
      }
    },
  }
}

type Wrap<Part> = (
  part: Part,
  key: PropertyKey,
  own: CallableFunction,
) => (given: readonly unknown[]) => unknown

/** The same part with each function in `wrap`; made once, so that it can be told from that of another part. */
function functionsOf<Part extends object>(part: Part, wrap: Wrap<Part>): Part {
  const made = new Map<PropertyKey, unknown>()
  return new Proxy(part, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key)
      if (typeof own !== 'function') return own
      if (!made.has(key)) {
        const wrapped = wrap(target, key, own)
        made.set(key, (...given: readonly unknown[]) => wrapped(given))
      }
      return made.get(key)
    },
  })
}

const areSame = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left.length === right.length && left.every((value, index) => value === right[index])

/** Calls it once; what is returned returns or throws what came of it, as often as it is called. */
function attempt(own: CallableFunction, target: object, given: readonly unknown[]): () => unknown {
  try {
    const outcome: unknown = Reflect.apply(own, target, given)
    return () => outcome
  } catch (error) {
    return () => {
      throw error
    }
  }
}

function throws(part: unknown, given: readonly unknown[]): boolean {
  if (typeof part !== 'function') return false
  try {
    Reflect.apply(part, undefined, given)
    return false
  } catch {
    return true
  }
}
