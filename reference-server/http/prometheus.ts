/** A histogram in Prometheus' text format: how many values were at most each bound, and their sum. */
export class Histogram {
  readonly #name: string
  readonly #help: string
  readonly #bounds: readonly number[]
  readonly #counts: number[]
  #count = 0
  #sum = 0

  /** `bounds` ascend. */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name
    this.#help = help
    this.#bounds = bounds
    this.#counts = bounds.map(() => 0)
  }

  observe(value: number): void {
    this.#count++
    this.#sum += value
    const first = this.#bounds.findIndex((bound) => value <= bound)
    if (first !== -1) this.#counts[first] = (this.#counts[first] ?? 0) + 1
  }

  /** Empty until something was observed. */
  render(): string {
    if (this.#count === 0) return ''
    let cumulative = 0
    const buckets = this.#bounds.map((bound, index) => {
      cumulative += this.#counts[index] ?? 0
      return `${this.#name}_bucket{le="${bound}"} ${cumulative}`
    })
    const lines = [
      `# HELP ${this.#name} ${this.#help}`,
      `# TYPE ${this.#name} histogram`,
      ...buckets,
      `${this.#name}_bucket{le="+Inf"} ${this.#count}`,
      `${this.#name}_sum ${this.#sum}`,
      `${this.#name}_count ${this.#count}`,
    ]
    return `${lines.join('\n')}\n`
  }
}

/** What the server measures of its appends (CP-LITE-022). */
export interface AppendMetrics {
  /** Seconds until there was room for the batch among those under way. */
  readonly permitLatency: Histogram
  /** Seconds from then until it was durable. */
  readonly ackLatency: Histogram
  readonly batchRecords: Histogram
  /** Metered. */
  readonly batchBytes: Histogram
}

export function createAppendMetrics(): AppendMetrics {
  const seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
  const records = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
  const bytes = Array.from({ length: 11 }, (_, power) => 1024 * 2 ** power)
  return {
    permitLatency: new Histogram(
      's2_append_permit_latency_seconds',
      'Wait for admission of a batch.',
      seconds,
    ),
    ackLatency: new Histogram('s2_append_ack_latency_seconds', 'From admission to durability.', seconds),
    batchRecords: new Histogram('s2_append_batch_records', 'Records of a batch.', records),
    batchBytes: new Histogram('s2_append_batch_bytes', 'Metered bytes of a batch.', bytes),
  }
}
