/** What a reader of a stream may find wrong. The names are those of the history checker where it has them. */
export const ANOMALIES = [
  'lost-append',
  'duplicate',
  'gap',
  'reorder',
  'torn-batch',
  'phantom',
  'foreign-bytes',
  'wrong-ack',
  'timestamp-regression',
] as const

export type Anomaly = (typeof ANOMALIES)[number]

export interface Violation {
  readonly anomaly: Anomaly
  readonly stream: string
  /** Of the record where it was found. */
  readonly seqNum: number
  /** One sentence: what was expected, and what came. */
  readonly what: string
}

/** Counts all, and keeps the first of each kind as evidence. */
export class Violations {
  readonly #counts = new Map<Anomaly, number>()
  readonly #kept: Violation[] = []
  readonly #onFound: () => void

  /** `onFound` is called for each. */
  constructor(onFound: () => void = () => {}) {
    this.#onFound = onFound
  }

  get count(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }

  add(violation: Violation): void {
    const before = this.#counts.get(violation.anomaly) ?? 0
    this.#counts.set(violation.anomaly, before + 1)
    this.#onFound()
    if (before < KEPT_OF_A_KIND) this.#kept.push(violation)
  }

  get counts(): Readonly<Partial<Record<Anomaly, number>>> {
    return Object.fromEntries(this.#counts)
  }

  get first(): readonly Violation[] {
    return this.#kept
  }
}

const KEPT_OF_A_KIND = 5
