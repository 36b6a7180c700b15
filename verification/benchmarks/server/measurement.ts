/** One number of a server; of `lower` ones less is better. */
export interface Line {
  readonly name: string
  readonly unit: string
  readonly better: 'higher' | 'lower'
}

export interface RunningServer {
  /** `http://127.0.0.1:8080` */
  readonly origin: string
  /** kill -9, and up again on the same data: resolves with the milliseconds from its start to its first answer. */
  restart(): Promise<number>
}

/** Of a measurement that goes by time, in seconds: the load goes on for both, and is looked at in the second. */
export interface Period {
  readonly warmUp: number
  readonly measured: number
}

/** A way to load a fresh server. It gives one number for each of its lines, in their order. */
export interface Measurement {
  readonly name: string
  readonly lines: readonly Line[]
  /** Of servers that keep their data only. */
  readonly onDiskOnly?: boolean
  run(server: RunningServer, period: Period): Promise<readonly number[]>
}

/** The value below which this share of the sorted values lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}
