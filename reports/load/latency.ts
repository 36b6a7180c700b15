import * as v from 'valibot'
import { amount, anyObject, count, fields, type Shape, text } from '../shape.ts'
import { decodeHistogram } from './histogram.ts'

export const quantileValues = v.pipe(
  anyObject,
  v.record(v.pipe(v.string(), v.regex(/^p\d{1,2}(\.\d+)?$/)), count),
)

/** Returns what is wrong with a histogram that is to hold so many values; undefined for nothing. */
function objection(encoded: string, values: number): string | undefined {
  try {
    const counted = decodeHistogram(encoded).totalCount
    return counted === values ? undefined : `it holds ${counted} values, and count says ${values}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const latency = v.pipe(
  fields({
    count,
    mean: amount,
    least: count,
    greatest: count,
    quantiles: v.pipe(
      quantileValues,
      v.description(
        'p99.9 and the like: the value that so many percent of all values do not exceed, to three digits. Only those beyond which at least ten values lie, of end-to-end times ten batches.',
      ),
    ),
    clipped: v.pipe(count, v.description('Values above an hour, counted as an hour.')),
    histogram: v.pipe(
      text,
      v.metadata({
        description: 'HdrHistogram, V2, compressed; unit 1 µs, to one hour, three significant digits.',
        contentEncoding: 'base64',
      }),
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const why = objection(dataset.value.histogram, dataset.value.count)
    if (why !== undefined) addIssue({ message: `.histogram: ${why}` })
  }),
)
export type Latency = Shape<typeof latency>

export const LATENCY_NAMES = ['response', 'service', 'lag', 'e2e', 'check-tail'] as const
export type LatencyName = (typeof LATENCY_NAMES)[number]

const of = (what: string) => v.exactOptional(v.pipe(latency, v.description(what)))

export const latencies = fields({
  response: of(
    'Of appends, from the moment that the plan had for them to the acknowledgement. In a closed loop from when they were sent.',
  ),
  service: of('Of appends, from when they were sent.'),
  lag: of('How much later than planned the generator itself began, although there was room.'),
  e2e: of('From the moment planned for an append to a reader that has its record.'),
  'check-tail': of('Of requests for the tail.'),
} satisfies Record<LatencyName, unknown>)
