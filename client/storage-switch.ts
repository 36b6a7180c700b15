/** What happens to requests that change what is stored. */
export type StorageMode =
  | { readonly mode: 'normal' }
  /** Nothing is done and nothing answered until the mode is another; then it is done in the order it came. */
  | { readonly mode: 'held' }
  /** Each takes at least this long. */
  | { readonly mode: 'slow'; readonly milliseconds: number }
  /** Nothing is done; answered with a failure that the client may repeat. */
  | { readonly mode: 'failing' }
  /** Nothing is done, and it is answered as if it had been: what no storage may do, to see it found out. */
  | { readonly mode: 'losing' }

/** The hand of a check on the storage of the target. */
export interface StorageSwitch {
  set(mode: StorageMode): void
  /** How many changes are held now. */
  readonly held: number
  /** How many changes met a mode other than normal, since the beginning. */
  readonly struck: number
}
