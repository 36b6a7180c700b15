import { InconclusiveError } from '../../client/failures.ts'
import type { CheckContext } from './context.ts'

/** One operation of one client: from before it was sent until after it was answered, on the run's clock. */
export interface Timed<Value> {
  readonly client: number
  readonly from: number
  readonly to: number
  readonly value: Value
}

export async function timed<Value>(
  { now }: Pick<CheckContext, 'now'>,
  client: number,
  operation: () => Promise<Value>,
): Promise<Timed<Value>> {
  const from = now()
  const value = await operation()
  return { client, from, to: now(), value }
}

/**
 * The evidence of a concurrency check: records how many operations overlapped one of another client, and throws
 * an `InconclusiveError` when none did, since a server that was asked one thing at a time has shown nothing.
 */
export function demandOverlap(
  { record }: Pick<CheckContext, 'record'>,
  operations: readonly Timed<unknown>[],
): void {
  const overlapping = operations.filter((one) => operations.some((other) => overlap(one, other)))
  if (overlapping.length === 0) {
    throw new InconclusiveError(`none of ${operations.length} operations overlapped that of another client`)
  }
  record(`${overlapping.length} of ${operations.length} operations overlapped that of another client`)
}

/** Both were under way at the same moment, for different clients. */
export function overlap(one: Timed<unknown>, other: Timed<unknown>): boolean {
  return one.client !== other.client && one.from < other.to && other.from < one.to
}
