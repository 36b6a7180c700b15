/** Where a stream ends, or why the target did not say it. */
export type Tail = number | UnknownTail

export interface UnknownTail {
  /** A sentence about the target, without its full stop. */
  readonly why: string
}

/** Those of which it is known, by their numbers: of the others nothing can be held against anybody. */
export const isKnownTail = (tail: Tail | undefined): tail is number => typeof tail === 'number'

/** The first of those that were not told, and how many there are. */
export function unknownTailsIn(
  tails: readonly Tail[],
): { readonly count: number; readonly why: string } | undefined {
  const untold = tails.flatMap((tail) => (isKnownTail(tail) ? [] : [tail.why]))
  const [why] = untold
  return why === undefined ? undefined : { count: untold.length, why }
}
