import type { ComparedMetric } from '../../reports/load/comparison.ts'
import type { LatencyName } from '../../reports/load/result.ts'

/** What two sides are compared by. */
export type Metric = Pick<ComparedMetric, 'name' | 'unit' | 'better'> &
  (
    | { readonly kind: 'quantile'; readonly latency: LatencyName; readonly quantile: number }
    | { readonly kind: 'rate'; readonly of: RateName }
  )

export const RATE_NAMES = ['append-rate', 'catch-up-rate', 'server-cpu'] as const
export type RateName = (typeof RATE_NAMES)[number]

const quantiles = (latency: LatencyName, parts: readonly number[]): readonly Metric[] =>
  parts.map((quantile) => ({
    name: `${latency}-p${Number((quantile * 100).toFixed(3))}`,
    unit: 'µs',
    better: 'smaller',
    kind: 'quantile',
    latency,
    quantile,
  }))

/**
 * `server-cpu` is there where the servers were launched on this machine. Who else uses the machine makes a server wait, and
 * hardly makes it compute more, so that it tells where clocks on the wall cannot; of a server that waits longer it tells nothing.
 * `service` and `lag` are no metrics: the first leaves out how long an append had to wait, the second is of the generator.
 */
export const METRICS: readonly Metric[] = [
  { name: 'append-rate', unit: 'appends/s', better: 'bigger', kind: 'rate', of: 'append-rate' },
  { name: 'catch-up-rate', unit: 'bytes/s', better: 'bigger', kind: 'rate', of: 'catch-up-rate' },
  { name: 'server-cpu', unit: 'µs/record', better: 'smaller', kind: 'rate', of: 'server-cpu' },
  ...quantiles('response', [0.5, 0.9, 0.99, 0.999]),
  ...quantiles('e2e', [0.5, 0.9, 0.99, 0.999]),
  ...quantiles('check-tail', [0.5, 0.99]),
]

/**
 * What has to be decided unless the user says otherwise. Tails and the server's CPU time are not among them: few machines are
 * quiet enough to tell 5 % of a p99, or of how much a server computes that mostly waits (one server differed from itself by 17
 * to 88 %, reports/published/load-gate.md), and a gate that never opens is no gate. What has regressed beyond doubt is
 * accused all the same.
 */
export const REQUIRED: readonly string[] = ['append-rate', 'response-p50', 'e2e-p50']
