import { MAX_U64 } from '../../../proto/limits.ts'
import { fenceRequest, trimRequest } from './commands.ts'
import type { AppendRequest, PlaygroundRequest, ReadRequest, Step, TextRecord } from './request.ts'

/** A sequence that answers a question. */
export interface PlaygroundExample {
  readonly title: string
  readonly steps: readonly Step[]
}

type Conditions = Pick<AppendRequest, 'matchSeqNum' | 'fencingToken'>

const records = (...bodies: readonly string[]): readonly TextRecord[] =>
  bodies.map((body) => ({ headers: [], body }))
const at = (timestamp: bigint, body: string): TextRecord => ({ timestamp, headers: [], body })
const append = (all: readonly TextRecord[], conditions: Conditions = {}): PlaygroundRequest => ({
  kind: 'append',
  format: 'raw',
  records: all,
  ...conditions,
})
const read = (start: ReadRequest['start'], end: ReadRequest['end'] = {}): PlaygroundRequest => ({
  kind: 'read',
  format: 'raw',
  start,
  end,
})
const example = (title: string, ...requests: readonly PlaygroundRequest[]): PlaygroundExample => ({
  title,
  steps: requests.map((request) => ({ after: 1000n, request })),
})

export const EXAMPLES: readonly PlaygroundExample[] = [
  example(
    'A stale match_seq_num',
    append(records('a', 'b'), { matchSeqNum: 0n }),
    append(records('c'), { matchSeqNum: 2n }),
    append(records('d'), { matchSeqNum: 2n }),
    append(records('d'), { matchSeqNum: 3n }),
  ),
  example(
    'A writer takes over',
    fenceRequest('writer-1', { fencingToken: '' }),
    append(records('a', 'b'), { fencingToken: 'writer-1' }),
    fenceRequest('writer-2', { fencingToken: 'writer-1' }),
    append(records('c'), { fencingToken: 'writer-1' }),
    append(records('c'), { fencingToken: 'writer-2' }),
  ),
  example(
    'Trims, also beyond the tail',
    append(records('a', 'b', 'c', 'd')),
    trimRequest(2n),
    read({ seqNum: 0n }),
    trimRequest(100n),
    read({ seqNum: 0n }),
    append(records('e')),
    read({ seqNum: 0n }),
  ),
  example(
    'A read at the tail',
    append(records('a', 'b')),
    read({ seqNum: 2n }),
    read({ seqNum: 9n, clamp: true }),
    read({ seqNum: 9n, clamp: true }, { wait: 5 }),
    read({ tailOffset: 1n }),
  ),
  example(
    'Timestamps that go backwards',
    append([at(1000n, 'a'), at(500n, 'b')]),
    append([at(700n, 'c')]),
    { kind: 'configure', mode: 'arrival', uncapped: false },
    append([at(800n, 'd')]),
    { kind: 'configure', mode: 'client-require', uncapped: false },
    append(records('e')),
  ),
  example(
    '64-bit integers',
    { kind: 'configure', mode: 'client-prefer', uncapped: true },
    append([at(2n ** 53n + 1n, 'a'), at(MAX_U64, 'b')]),
    read({ seqNum: 0n }, { until: MAX_U64 }),
    { kind: 'tail' },
  ),
]
