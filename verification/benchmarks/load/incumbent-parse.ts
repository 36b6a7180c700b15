/** What `s2 bench` says of itself: MiB/s of metered bytes, and of its latencies what a tenth exceeds, in milliseconds. */
export interface S2Bench {
  readonly append: number
  readonly tail: number
  readonly catchUp: number
  readonly ackP90: number
  readonly e2eP90: number
}

const LABELS = { append: 'Write', tail: 'Read', catchUp: 'Catchup' } as const
const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000 }

/** Reads what it prints to stderr. Throws where a number is not there. */
export function parseS2Bench(stderr: string): S2Bench {
  const rate = (label: string): number => {
    // The last one counts: the lines before it were drawn while it ran.
    const all = [...stderr.matchAll(new RegExp(`^${label}: ([\\d.]+) MiB/s`, 'gm'))]
    return numberFrom(all.at(-1)?.[1], `${label} rate`)
  }
  const [, ack, ackUnit = '', e2e, e2eUnit = ''] =
    /^p90\s*:\s*([\d.]+)([a-zµ]+)\s+p90\s*:\s*([\d.]+)([a-zµ]+)/m.exec(stderr) ?? []
  return {
    append: rate(LABELS.append),
    tail: rate(LABELS.tail),
    catchUp: rate(LABELS.catchUp),
    ackP90: numberFrom(ack, 'p90 of acks') * (UNITS[ackUnit] ?? Number.NaN),
    e2eP90: numberFrom(e2e, 'p90 end to end') * (UNITS[e2eUnit] ?? Number.NaN),
  }
}

function numberFrom(digits: string | undefined, what: string): number {
  if (digits === undefined) throw new Error(`s2 bench printed no ${what}`)
  return Number(digits)
}
