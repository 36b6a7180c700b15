/** Keys from the answer down to the part that was looked at. */
export type Path = readonly string[]

/** Which answer something is part of. */
export interface Origin {
  /** Counted in the order of the check's calls: the same in each run that is told the same. */
  readonly id: string
  /** For people, and for the table of what is allowed: `stream.append`, `basin.raw PATCH`. */
  readonly label: string
  /** Asked in an attempt of a wait: in which one, of which wait. */
  readonly polled?: { readonly wait: number; readonly attempt: number }
}

/** One part of an answer that a check looked at. */
export interface Look {
  readonly origin: Origin
  readonly path: Path
  /** A value; how many items a list has, and which; which members an object has. */
  readonly at: 'value' | 'items' | 'members'
  /** What stood there. */
  readonly value: unknown
}

/** The place of a look with no numbers in it: one for all records of all answers of that kind. */
export const placeOf = ({ origin, path }: Pick<Look, 'origin' | 'path'>): string =>
  [origin.label, ...path.map((key) => (/^\d+$/.test(key) ? '*' : key))].join('.')
