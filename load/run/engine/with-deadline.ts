import { TransportError } from '../../transport/transport-error.ts'

/** What comes of `work`; rejects with a `TransportError` of this sentence where nothing has within so many milliseconds. */
export async function withDeadline<Result>(
  work: Promise<Result>,
  milliseconds: number,
  why: string,
): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TransportError('timed-out', why)), milliseconds)
  return await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
