/** A whole number for each record or batch: always the same, or evenly from a range, both ends included. */
export interface Size {
  readonly least: number
  readonly most: number
}

/** A size of which some are more likely than others; none lies beyond the ends of the size. */
export interface RecordSize extends Size {
  /** Absent: evenly. */
  readonly distribution?: Distribution
}

export type Distribution =
  /** One of several sizes, by the part that its weight has in all of them. */
  | { readonly kind: 'weighted'; readonly sizes: readonly (Size & { readonly weight: number })[] }
  /** A median in bytes and the deviation of the logarithm; what would lie beyond an end lies at it. */
  | { readonly kind: 'log-normal'; readonly median: number; readonly sigma: number }
