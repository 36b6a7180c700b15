import { parseJson } from '../../../../proto/json.ts'
import { appendInputToJson } from '../../../../proto/json-bodies.ts'
import type { AppendInput, Format, ReadEnd, ReadStart } from '../../../../proto/types.ts'
import { concrete, type Spacing, type Time, timeToJson } from './times.ts'

/** A read whose times may be arrivals. */
export interface ReadRequest {
  readonly seqNum?: bigint
  readonly tailOffset?: bigint
  readonly timestamp?: Time
  readonly clamp?: boolean
  readonly count?: bigint
  readonly bytes?: bigint
  readonly until?: Time
  readonly wait?: number
}

export type SequenceRequest =
  | { readonly kind: 'append'; readonly input: AppendInput }
  | { readonly kind: 'check-tail' }
  | { readonly kind: 'read'; readonly read: ReadRequest; readonly sse: boolean }

/** Returns the read with every arrival replaced by a number. */
export function boundsOf(
  { timestamp, until, count, bytes, wait, ...start }: ReadRequest,
  spacing: Spacing,
): { readonly start: ReadStart; readonly end: ReadEnd } {
  return {
    start: { ...start, ...(timestamp !== undefined && { timestamp: concrete(timestamp, spacing) }) },
    end: {
      ...(count !== undefined && { count }),
      ...(bytes !== undefined && { bytes }),
      ...(wait !== undefined && { wait }),
      ...(until !== undefined && { until: concrete(until, spacing) }),
    },
  }
}

/** Returns the request as a step of a vector shows it. */
export function requestToJson(request: SequenceRequest, format: Format): object {
  switch (request.kind) {
    case 'append':
      return { append: parseJson(appendInputToJson(request.input, format)) }
    case 'check-tail':
      return { check_tail: {} }
    case 'read':
      return { read: queryOf(request.read), ...(request.sse && { sse: true }) }
  }
}

function queryOf({ seqNum, tailOffset, timestamp, until, ...rest }: ReadRequest): object {
  return {
    seq_num: seqNum,
    tail_offset: tailOffset,
    timestamp: timestamp && timeToJson(timestamp),
    until: until && timeToJson(until),
    ...rest,
  }
}
