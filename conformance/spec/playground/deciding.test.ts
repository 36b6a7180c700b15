import { describe, expect, test } from 'vitest'
import { catalogue } from '../../catalogue/catalogue.ts'
import { DECIDING_ROWS } from './deciding-rows.ts'
import type { AppendRequest, PlaygroundRequest, ReadRequest, TextRecord } from './request.ts'
import { play } from './session.ts'
import { START_TIME } from './state.ts'

type Fields = Partial<Omit<AppendRequest, 'kind'>>

const record = (body: string, timestamp?: bigint): TextRecord => ({
  headers: [],
  body,
  ...(timestamp !== undefined && { timestamp }),
})
const append = (records: readonly TextRecord[], fields: Fields = {}): PlaygroundRequest => ({
  kind: 'append',
  format: 'raw',
  records,
  ...fields,
})
const fence = (token: string): TextRecord => ({ headers: [['', 'fence']], body: token })
const trim = (upTo: number): TextRecord => ({
  headers: [['', 'trim']],
  body: `${'\0'.repeat(7)}${String.fromCharCode(upTo)}`,
})
const read = (start: ReadRequest['start'], end: ReadRequest['end'] = {}): PlaygroundRequest => ({
  kind: 'read',
  format: 'raw',
  start,
  end,
})
const configure = (mode: 'client-require' | 'arrival', uncapped = false): PlaygroundRequest => ({
  kind: 'configure',
  mode,
  uncapped,
})
const TAIL: PlaygroundRequest = { kind: 'tail' }
const three = append([record('a'), record('b'), record('c')])

const rowsOf = (...requests: readonly PlaygroundRequest[]): readonly string[] =>
  play(requests.map((request) => ({ after: 0n, request }))).at(-1)?.rows ?? []

const FUTURE = START_TIME + 1000n

describe('the rows that decide', () => {
  test.each<[what: string, requests: readonly PlaygroundRequest[], rows: readonly string[]]>([
    ['an append', [three], ['APP-031', 'APP-002', 'APP-001']],
    [
      'a stale number',
      [three, append([record('d')], { matchSeqNum: 1n })],
      ['APP-013', 'APP-021', 'APP-026'],
    ],
    [
      'a wrong token',
      [append([record('d')], { fencingToken: 'x' })],
      ['APP-015', 'APP-018', 'APP-021', 'APP-026'],
    ],
    [
      'both wrong',
      [append([fence('b')], { fencingToken: 'x', matchSeqNum: 9n })],
      ['APP-015', 'APP-018', 'APP-019', 'APP-024', 'APP-021', 'APP-026'],
    ],
    [
      'both right',
      [append([record('d')], { fencingToken: '', matchSeqNum: 0n })],
      ['APP-020', 'APP-011', 'APP-012', 'APP-014', 'APP-017', 'APP-031', 'APP-002', 'APP-001'],
    ],
    [
      'no token on a fenced stream',
      [append([fence('a')]), three],
      ['APP-016', 'APP-031', 'APP-002', 'APP-001'],
    ],
    [
      'two fences',
      [append([fence('a'), fence('b')], { fencingToken: '' })],
      ['APP-014', 'APP-017', 'CMD-002', 'APP-025', 'CMD-001', 'APP-031', 'APP-002', 'APP-001'],
    ],
    [
      'a trim beyond the tail',
      [append([trim(9)])],
      ['CMD-016', 'CMD-019', 'CMD-001', 'APP-031', 'APP-002', 'APP-001'],
    ],
    [
      'a trim back',
      [three, append([trim(2)]), append([trim(1)])],
      ['CMD-016', 'CMD-017', 'CMD-001', 'APP-031', 'APP-002', 'APP-001'],
    ],
    ['no records', [append([])], ['REC-005']],
    ['a short trim', [append([{ headers: [['', 'trim']], body: 'x' }])], ['CMD-005', 'CMD-006']],
    ['a long fence', [append([fence('x'.repeat(37))])], ['CMD-003']],
    ['an unknown command', [append([{ headers: [['', 'x']], body: '' }])], ['REC-009', 'CMD-027']],
    [
      'a second header',
      [
        append([
          {
            headers: [
              ['', 'fence'],
              ['a', 'b'],
            ],
            body: '',
          },
        ]),
      ],
      ['REC-008', 'CMD-011'],
    ],
    ['wrong base64', [append([record('!')], { format: 'base64' })], ['REC-018']],
    ['a long token', [append([record('d')], { fencingToken: 'x'.repeat(37) })], ['REC-016']],
    ['a large record', [append([record('x'.repeat(1_048_569))])], ['REC-002']],
    ['a large batch', [append([record('x'.repeat(600_000)), record('x'.repeat(600_000))])], ['REC-004']],
    ['many records', [append(Array(1001).fill(record('')))], ['REC-003']],
    ['a missing timestamp', [configure('client-require'), three], ['APP-032']],
    ['arrival', [configure('arrival'), append([record('a', 5n)])], ['APP-033', 'APP-002', 'APP-001']],
    ['the future, capped', [append([record('a', FUTURE)])], ['APP-031', 'APP-034', 'APP-002', 'APP-001']],
    [
      'backwards',
      [append([record('a', 5n)]), append([record('b', 3n), record('c', 2n)])],
      ['APP-031', 'APP-036', 'APP-037', 'APP-002', 'APP-001'],
    ],
    [
      'below a future floor',
      [configure('arrival', true), append([record('a')]), TAIL],
      ['TAIL-003', 'TAIL-001'],
    ],
    ['beyond the tail', [three, read({ seqNum: 9n })], ['READ-007', 'READ-060']],
    ['clamped', [three, read({ seqNum: 9n, clamp: true })], ['READ-012', 'READ-060']],
    [
      'clamped and waiting',
      [three, read({ seqNum: 9n, clamp: true }, { wait: 1 })],
      ['READ-011', 'READ-010', 'READ-042', 'READ-004'],
    ],
    ['beyond the last timestamp', [three, read({ timestamp: FUTURE })], ['READ-008', 'READ-060']],
    ['at the tail', [three, read({ seqNum: 3n })], ['READ-009', 'READ-060']],
    ['without a start', [three, read({})], ['READ-002', 'READ-009', 'READ-060']],
    ['an empty stream', [read({ seqNum: 0n })], ['READ-014', 'READ-009', 'READ-060']],
    ['an empty stream by time', [read({ timestamp: 0n })], ['READ-015', 'READ-060']],
    ['a trimmed stream by time', [append([trim(9)]), read({ timestamp: 0n })], ['READ-016', 'READ-060']],
    ['a trimmed stream', [append([trim(9)]), read({ seqNum: 0n })], ['CMD-023', 'READ-004']],
    [
      'a gap on the left',
      [three, append([trim(2)]), read({ seqNum: 0n })],
      ['CMD-022', 'READ-004', 'CMD-008'],
    ],
    ['two selectors', [read({ seqNum: 0n, tailOffset: 0n })], ['READ-003']],
    ['an empty range', [read({ timestamp: 5n }, { until: 5n })], ['READ-028']],
    ['count', [three, read({ seqNum: 0n }, { count: 2n })], ['READ-020', 'READ-004']],
    ['bytes', [three, read({ seqNum: 0n }, { bytes: 20n })], ['READ-021', 'READ-004']],
    ['too few bytes', [three, read({ tailOffset: 3n }, { bytes: 8n })], ['READ-022', 'READ-006']],
    ['until', [three, read({ seqNum: 0n }, { until: 5n })], ['READ-026', 'READ-004']],
    ['no count', [three, read({ seqNum: 0n }, { count: 0n })], ['READ-024']],
    ['an empty tail', [TAIL], ['TAIL-002', 'TAIL-001']],
    ['the tail of a trimmed stream', [append([trim(9)]), TAIL], ['TAIL-003', 'TAIL-006', 'CMD-021']],
  ])('%s', (_what, requests, rows) => {
    expect(rowsOf(...requests)).toEqual(rows)
  })
})

test('are rows of the catalogue', () => {
  const known = new Set(catalogue.map(({ id }) => id))
  expect(DECIDING_ROWS.filter((id) => !known.has(id))).toEqual([])
  expect(new Set(DECIDING_ROWS).size).toBe(DECIDING_ROWS.length)
})
