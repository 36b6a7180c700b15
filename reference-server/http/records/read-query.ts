import type { FastifyRequest } from 'fastify'
import type { ReadEnd, ReadStart } from '../../../proto/types.ts'
import type { StreamUse } from '../../backend/backend.ts'
import type { GivenKey } from '../../encryption/encryption-key.ts'
import type { Rules } from '../../semantics/rules.ts'
import { flag, parseQuery, type Query, u32, u64 } from '../requests/query.ts'
import { addressOf } from '../resources/streams.ts'
import { streamUse } from './stream-use.ts'

/** What every read asks, on whichever transport. */
export interface ReadRequest {
  readonly address: StreamUse
  readonly start: ReadStart
  readonly end: ReadEnd
  readonly key: GivenKey
}

/** Checked in the order of RTE-031 up to where the transports part. Whether the parameters go together is for the rules. */
export function parseRead(request: FastifyRequest, rules: Rules): Omit<ReadRequest, 'key'> {
  const address = addressOf(request, rules)
  const query = parseQuery(request, PARAMETERS)
  const [start, end] = [readStart(query), readEnd(query)]
  return { address: streamUse(address, request, rules), start, end }
}

type Parameter = 'seq_num' | 'timestamp' | 'tail_offset' | 'clamp' | 'count' | 'bytes' | 'until' | 'wait'

const PARAMETERS: readonly Parameter[] = [
  'seq_num',
  'timestamp',
  'tail_offset',
  'clamp',
  'count',
  'bytes',
  'until',
  'wait',
]

function readStart(query: Query<Parameter>): ReadStart {
  const seqNum = u64(query, 'seq_num')
  const timestamp = u64(query, 'timestamp')
  const tailOffset = u64(query, 'tail_offset')
  const clamp = flag(query, 'clamp')
  return {
    ...(seqNum !== undefined && { seqNum }),
    ...(timestamp !== undefined && { timestamp }),
    ...(tailOffset !== undefined && { tailOffset }),
    ...(clamp !== undefined && { clamp }),
  }
}

function readEnd(query: Query<Parameter>): ReadEnd {
  const count = u64(query, 'count')
  const bytes = u64(query, 'bytes')
  const until = u64(query, 'until')
  const wait = u32(query, 'wait')
  return {
    ...(count !== undefined && { count }),
    ...(bytes !== undefined && { bytes }),
    ...(until !== undefined && { until }),
    ...(wait !== undefined && { wait }),
  }
}
