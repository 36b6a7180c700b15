import { xxh3 } from '@node-rs/xxhash'
import { expect, test } from 'vitest'
import { parseJson } from '../../proto/json.ts'
import { chainHash, exportPorcupine, whyNotExported } from './export-porcupine.ts'
import type { Action, History, Operation, Outcome } from './operation.ts'

const FOO = 0xab6e5f64077e7d8an
/** The hash of a stream of `foo`, of `foo`, `bar`, and of `foo`, `bar`, `baz`, as s2-verification publishes them (LIN-002). */
const STREAMS = [0x4d2b003ee417c3a5n, 0x132e5d5dd7936eddn, 0x732ee99abc5002ffn]

test('hashes are those of s2-verification', () => {
  expect(xxh3.xxh64('foo')).toBe(FOO)
  const streams: bigint[] = []
  for (const body of ['foo', 'bar', 'baz'])
    streams.push(chainHash(streams.at(-1) ?? 0n, xxh3.xxh64(body), xxh3.xxh64))
  expect(streams).toEqual(STREAMS)
})

const at = (seqNum: number) => ({ seqNum: BigInt(seqNum), timestamp: 0n })
const acked = (start: number, end: number): Outcome => ({
  outcome: 'acked',
  start: at(start),
  end: at(end),
  tail: at(end),
})
const append = (...bodies: string[]): Extract<Action, { action: 'append' }> => ({ action: 'append', bodies })

type Line = readonly [client: number, called: number, returned: number, did: Action, got: Outcome]
const historyOf = (bodies: readonly string[], ...lines: readonly Line[]): History => ({
  log: bodies.map((body, index) => ({ ...at(index), body })),
  operations: lines.map(
    ([client, called, returned, did, got], id): Operation => ({ id, client, called, returned, did, got }),
  ),
})

const NEVER = Number.POSITIVE_INFINITY

test('events are told in their order, and those without an outcome at the end', () => {
  const read: Outcome = {
    outcome: 'records',
    complete: true,
    records: [
      { ...at(1), body: 'bar' },
      { ...at(2), body: 'baz' },
    ],
  }
  const history = historyOf(
    ['foo', 'bar', 'baz'],
    [0, 1, 4, append('foo'), acked(0, 1)],
    [1, 2, NEVER, { ...append('bar'), matchSeqNum: 1n }, { outcome: 'unknown' }],
    [
      2,
      3,
      5,
      { ...append(), fence: 'baz', fencingToken: 'f' },
      { outcome: 'fencing-token-mismatch', actual: '' },
    ],
    [0, 6, 7, { action: 'read', from: 1n, count: 10 }, read],
    [2, 8, 9, { action: 'read', from: 0n, count: 1 }, { ...read, records: read.records.slice(0, 1) }],
    [1, 10, 11, { action: 'check-tail' }, { outcome: 'tail', tail: at(3) }],
    [0, 12, 13, { action: 'check-tail' }, { outcome: 'failed' }],
  )
  const appendOf = (bodies: readonly string[], more: object): object => ({
    Append: {
      num_records: bodies.length,
      record_hashes: bodies.map((body) => xxh3.xxh64(body)),
      set_fencing_token: null,
      fencing_token: null,
      match_seq_num: null,
      ...more,
    },
  })
  const start = (client: number, op: number, what: unknown) => ({
    event: { Start: what },
    client_id: client,
    op_id: op,
  })
  const finish = (client: number, op: number, what: unknown) => ({
    event: { Finish: what },
    client_id: client,
    op_id: op,
  })
  const whole = { ReadSuccess: { tail: 3, stream_hash: STREAMS[2] } }
  // A client of theirs has one operation at a time, and none after one without an outcome.
  expect([...exportPorcupine(history, xxh3.xxh64)].map((line) => plain(parseJson(line)))).toEqual(
    [
      start(0, 0, appendOf(['foo'], {})),
      start(1, 1, appendOf(['bar'], { match_seq_num: 1 })),
      start(2, 2, appendOf(['baz'], { set_fencing_token: 'baz', fencing_token: 'f' })),
      finish(0, 0, { AppendSuccess: { tail: 1 } }),
      finish(2, 2, 'AppendDefiniteFailure'),
      start(0, 3, 'Read'),
      finish(0, 3, whole),
      start(0, 4, 'Read'),
      // It was full, and need not have been at the tail.
      finish(0, 4, 'ReadFailure'),
      start(0, 5, 'CheckTail'),
      finish(0, 5, { CheckTailSuccess: { tail: 3 } }),
      start(0, 6, 'CheckTail'),
      finish(0, 6, 'CheckTailFailure'),
      start(3, 7, 'Read'),
      finish(3, 7, whole),
      finish(1, 1, 'AppendIndefiniteFailure'),
    ].map(plain),
  )
})

/** Numbers of any size compare by what they are, whichever way they were parsed. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' || typeof part === 'number' ? `${part}` : part,
  )

test('what their model does not know is not told', () => {
  const about = { seed: 1, target: '', started: '' }
  const trims = historyOf([], [0, 1, 2, { ...append('a'), trim: 1n }, { outcome: 'failed' }])
  expect(whyNotExported({ about: { ...about, workload: 'trim' }, history: trims })).toContain(
    'neither trims nor followers',
  )
  expect(whyNotExported({ about: { ...about, workload: 'regular' }, history: trims })).toContain(
    'trims or followers',
  )
  expect(whyNotExported({ about: { ...about, workload: 'regular' }, history: historyOf([]) })).toBeUndefined()
})
