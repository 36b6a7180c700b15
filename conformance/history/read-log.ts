import type { Answer } from '../../client/answer.ts'
import { InconclusiveError } from '../../client/failures.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import type { Position } from '../../proto/types.ts'
import type { Seen } from './operation.ts'
import { seen } from './perform.ts'

/** The whole log, page by page; nothing is under way any more, so what check-tail says is all there is. */
export async function readLog(stream: StreamClient): Promise<readonly Seen[]> {
  const log: Seen[] = []
  const { seqNum: tail } = await tailOf(stream)
  for (let next = 0n; next < tail; ) {
    const last = await readPage(stream, next, tail, log)
    if (last === undefined)
      throw new InconclusiveError(`the log cannot be read: nothing at ${next}, below the tail ${tail}`)
    next = last + 1n
  }
  return log
}

/** What is trimmed is taken from what somebody `kept` of it while it was there. */
export async function readTrimmedLog(stream: StreamClient, kept: readonly Seen[]): Promise<readonly Seen[]> {
  const left: Seen[] = []
  const { seqNum: tail } = await tailOf(stream)
  for (let next: bigint | undefined = 0n; next !== undefined && next < tail; ) {
    const last: bigint | undefined = await readPage(stream, next, tail, left)
    next = last === undefined ? undefined : last + 1n
  }
  const first = left[0]?.seqNum ?? tail
  const before = kept.filter(({ seqNum }) => seqNum < first)
  if (BigInt(before.length) < first) {
    const why = `${first} records are trimmed and only ${before.length} of them were read before`
    throw new InconclusiveError(`the log cannot be read: ${why}`)
  }
  return [...before, ...left]
}

/** Adds a page to the log, and returns its last number if it has one. */
async function readPage(
  stream: StreamClient,
  next: bigint,
  tail: bigint,
  log: Seen[],
): Promise<bigint | undefined> {
  const answer = await stream.read({ seqNum: next, count: tail - next })
  const page = answered(answer, `the read from ${next}`).records
  log.push(...page.map(seen))
  return page.at(-1)?.seqNum
}

export const tailOf = async (stream: StreamClient): Promise<Position> =>
  answered(await stream.checkTail(), 'check-tail')

function answered<Value>({ status, value }: Answer<Value>, what: string): Value {
  if (value === undefined)
    throw new InconclusiveError(`the log cannot be read: ${what} was answered with ${status}`)
  return value
}
