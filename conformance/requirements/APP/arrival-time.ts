import { batch } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { Timestamp } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'

export const HOUR: Timestamp = 3_600_000n

/** Nodes of one server may disagree a little; a wrong unit or a client's timestamp is off by far more. */
const SKEW: Timestamp = 60_000n

/** The server's own clock, read from what it stores for a record in a stream of its own. */
export async function serverClock(context: CheckContext): Promise<() => Promise<Timestamp>> {
  const { newStream, expect } = context
  const clock: StreamClient = await newStream({ timestamping: { mode: 'arrival' } })
  return async () => {
    const { start, end } = expect.ok(await clock.append(batch('tick')))
    expect.equal(end.timestamp, start.timestamp, 'timestamps of one record')
    return end.timestamp
  }
}

/** `actual` lies between two readings of the server's clock, which count Unix milliseconds. */
export function expectArrival(
  { expect }: Pick<CheckContext, 'expect'>,
  actual: Timestamp,
  before: Timestamp,
  after: Timestamp,
): void {
  expect.that(
    actual + SKEW >= before && actual <= after + SKEW,
    `the timestamp lies in the time of arrival, ${before} to ${after}`,
    actual,
  )
  expect.that(actual > YEAR_2020 && actual < YEAR_2200, 'the timestamp counts Unix milliseconds', actual)
}

const YEAR_2020: Timestamp = 1_577_836_800_000n
const YEAR_2200: Timestamp = 7_258_118_400_000n
