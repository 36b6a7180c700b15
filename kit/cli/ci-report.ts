/** A message that a CI system shows next to the change. */
export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly message: string
}

/** A result for a CI system: a page for people, messages, and values for later steps. */
export interface CiReport {
  /** Markdown. */
  readonly summary: string
  readonly annotations: readonly Annotation[]
  /** By name. */
  readonly outputs: Readonly<Record<string, string>>
}
