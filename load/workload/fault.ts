/** All times in seconds; `at` from the first moment that is measured on. */
interface Planned {
  readonly at: number
}

/** On the way to the target: connections end, nothing goes through for so long, or everything comes so much later each way. */
export type PathFault =
  | (Planned & { readonly kind: 'cut' })
  | (Planned & { readonly kind: 'stall'; readonly lasts: number })
  | (Planned & { readonly kind: 'delay'; readonly lasts: number; readonly later: number })

/** Of a target that the run has launched: it stands still for so long, or is killed and stays away for so long. */
export type TargetFault = Planned & { readonly kind: 'pause' | 'kill'; readonly lasts: number }

/** One fault at one time. */
export type Fault = PathFault | TargetFault
