import { type Alteration, alterAt, alterationsOf } from './alterations.ts'
import { lens } from './lens.ts'
import type { Look, Origin } from './look.ts'
import { Tap } from './tap.ts'

/** A tap that notes what is looked at. */
export function observe(own: string): { readonly tap: Tap; looks(): readonly Look[] } {
  const looks: Look[] = []
  const tap = new Tap((answer, origin) => lens(answer, origin, (look) => looks.push(look)), own)
  return { tap, looks: () => judged(looks) }
}

/** Of a wait for something only the attempt that ended it is judged; the others were looked at to go on waiting. */
function judged(looks: readonly Look[]): readonly Look[] {
  const last = new Map<number, number>()
  for (const { origin } of looks) {
    const { wait, attempt } = origin.polled ?? { wait: -1, attempt: 0 }
    last.set(wait, Math.max(last.get(wait) ?? 0, attempt))
  }
  return looks.filter(
    ({ origin: { polled } }) => polled === undefined || last.get(polled.wait) === polled.attempt,
  )
}

/** One look that is told otherwise. */
export interface Mutant {
  readonly look: Look
  readonly alteration: Alteration
}

export const mutantsOf = (looks: readonly Look[]): readonly Mutant[] =>
  looks.flatMap((look) => alterationsOf(look).map((alteration) => ({ look, alteration })))

/** A tap that alters one answer; in a wait, from that attempt on, since a single one would only be repeated. */
export function alter({ look, alteration }: Mutant, own: string): { readonly tap: Tap; reached(): boolean } {
  const { id, polled } = look.origin
  let reached = false
  const isMeant = (origin: Origin): boolean =>
    origin.id === id && (origin.polled?.attempt ?? 0) >= (polled?.attempt ?? 0)
  const tap = new Tap((answer, origin) => {
    if (!isMeant(origin)) return answer
    reached = true
    return alterAt(answer, alteration.path, alteration.alter)
  }, own)
  return { tap, reached: () => reached }
}
