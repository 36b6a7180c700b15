import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AppendInput, AppendRecord } from '../../../proto/types.ts'
import { admitBatch, type Batch } from '../batch/batch.ts'
import { isRefusal } from '../refusal.ts'
import { append, type Sequenced } from './append.ts'
import { EMPTY_STREAM, type StreamState } from './stream-state.ts'
import type { Timestamping } from './timestamping.ts'

const now = 1_700_000_000_000n
const DEFAULT: Timestamping = { mode: 'client-prefer', uncapped: false }
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const data = (timestamp?: bigint): AppendRecord => ({
  headers: [],
  body: utf8('data'),
  ...(timestamp === undefined ? {} : { timestamp }),
})
const labelled = (text: string): AppendRecord => ({
  headers: [{ name: utf8('label'), value: utf8(text) }],
  body: utf8(text),
})
const contentOf = ({ headers, body }: AppendRecord) => ({ headers, body })
const command = (name: string, body: Uint8Array): AppendRecord => ({
  headers: [{ name: new Uint8Array(), value: utf8(name) }],
  body,
})
const fence = (token: string): AppendRecord => command('fence', utf8(token))
function trim(upTo: bigint): AppendRecord {
  const body = new Uint8Array(8)
  new DataView(body.buffer).setBigUint64(0, upTo)
  return command('trim', body)
}

function admitted(input: AppendInput): Batch {
  const batch = admitBatch(input)
  if (isRefusal(batch)) throw new Error('not admitted')
  return batch
}

function sequenced(state: StreamState, input: AppendInput, timestamping: Timestamping = DEFAULT): Sequenced {
  const outcome = append(state, admitted(input), now, timestamping, undefined)
  if (isRefusal(outcome)) throw new Error('refused')
  return outcome
}

const refusal = (state: StreamState, input: AppendInput, timestamping: Timestamping = DEFAULT) => {
  const outcome = append(state, admitted(input), now, timestamping, undefined)
  return isRefusal(outcome) ? outcome : undefined
}

/** Five records, fenced by `a`. */
const fenced = sequenced(EMPTY_STREAM, { records: [data(), data(), data(), data(), fence('a')] }).state

describe('sequencing', () => {
  test('begins at 0 and goes on without a gap (APP-001, APP-002, CMD-007)', () => {
    const first = sequenced(EMPTY_STREAM, { records: [data(5n), fence('a'), data(7n)] })
    expect(first.records.map(({ seqNum }) => seqNum)).toEqual([0n, 1n, 2n])
    expect([first.start, first.end]).toEqual([
      { seqNum: 0n, timestamp: 5n },
      { seqNum: 3n, timestamp: now },
    ])
    const second = sequenced(first.state, { records: [data()] })
    expect([second.start.seqNum, second.end.seqNum]).toEqual([3n, 4n])
  })

  test('never lowers a timestamp inside a batch (APP-037)', () => {
    const { records } = sequenced(EMPTY_STREAM, { records: [10n, 30n, 20n, 40n].map(data) })
    expect(records.map(({ timestamp }) => timestamp)).toEqual([10n, 30n, 30n, 40n])
  })

  test('refuses a whole batch for one missing timestamp, commands too (APP-032, APP-005)', () => {
    const required: Timestamping = { mode: 'client-require', uncapped: false }
    expect(refusal(EMPTY_STREAM, { records: [data(1n), data()] }, required)).toMatchObject({
      code: 'invalid',
    })
    expect(refusal(EMPTY_STREAM, { records: [fence('x')] }, required)).toMatchObject({ code: 'invalid' })
    expect(refusal(EMPTY_STREAM, { records: [data(0n)] }, required)).toBeUndefined()
  })
})

describe('conditions', () => {
  const records = [data()]
  test.each<{ what: string; input: AppendInput; refused: object | undefined }>([
    { what: 'none', input: { records }, refused: undefined },
    { what: 'the next sequence number', input: { records, matchSeqNum: 5n }, refused: undefined },
    {
      what: 'another sequence number',
      input: { records, matchSeqNum: 0n },
      refused: { refusal: 'seq-num-mismatch', actual: 5n },
    },
    { what: 'the token', input: { records, fencingToken: 'a' }, refused: undefined },
    {
      what: 'another token',
      input: { records, fencingToken: '' },
      refused: { refusal: 'fencing-token-mismatch', actual: 'a' },
    },
    { what: 'both', input: { records, matchSeqNum: 5n, fencingToken: 'a' }, refused: undefined },
    {
      what: 'both wrong',
      input: { records, matchSeqNum: 9n, fencingToken: 'b' },
      refused: { refusal: 'fencing-token-mismatch', actual: 'a' },
    },
  ])('$what (APP-011 to APP-020)', ({ input, refused }) => {
    expect(refusal(fenced, input)).toEqual(refused)
  })

  test('meet the token before the batch (APP-024)', () => {
    expect(refusal(fenced, { records: [fence('b')], fencingToken: 'b' })).toMatchObject({ actual: 'a' })
    expect(refusal(fenced, { records: [fence('b')], fencingToken: 'a' })).toBeUndefined()
  })
})

describe('commands', () => {
  test('the last fence of a batch stays (APP-025)', () => {
    expect(sequenced(fenced, { records: [fence('x'), data(), fence('y')] }).state.fencingToken).toBe('y')
    expect(sequenced(fenced, { records: [fence('')] }).state.fencingToken).toBe('')
  })

  test('a trim never takes what is appended after it (CMD-016, CMD-019)', () => {
    const { state } = sequenced(fenced, { records: [trim(2n ** 64n - 1n), data(), fence('')] })
    expect(state).toMatchObject({ trimPoint: 6n, fencingToken: '', tail: { seqNum: 8n } })
  })

  test('a trim does not move back, and not the tail (CMD-017, CMD-021)', () => {
    const { state } = sequenced(fenced, { records: [trim(4n), trim(2n)] })
    expect(state).toMatchObject({ trimPoint: 4n, tail: { seqNum: 7n } })
  })
})

test('numbers are contiguous, timestamps never fall, contents are kept, and a refusal leaves nothing behind', () => {
  const record = fc.oneof(
    fc.option(fc.bigInt({ min: 0n, max: now * 2n }), { nil: undefined }).map(data),
    fc.string({ maxLength: 3 }).map(labelled),
    fc.constantFrom('', 'a').map(fence),
    fc.bigInt({ min: 0n, max: 30n }).map(trim),
  )
  const input = fc.record(
    {
      records: fc.array(record, { minLength: 1, maxLength: 4 }),
      matchSeqNum: fc.bigInt({ min: 0n, max: 8n }),
      fencingToken: fc.constantFrom('', 'a'),
    },
    { requiredKeys: ['records'] },
  )
  fc.assert(
    fc.property(fc.array(input, { maxLength: 12 }), fc.boolean(), (inputs, uncapped) => {
      let state = EMPTY_STREAM
      for (const input of inputs) {
        const before = structuredClone(state)
        const batch = admitted(input)
        const outcome = append(state, batch, now, { mode: 'client-prefer', uncapped }, undefined)
        expect(state).toEqual(before)
        if (isRefusal(outcome)) continue
        let { tail } = state
        for (const { seqNum, timestamp } of outcome.records) {
          expect(seqNum).toBe(tail.seqNum)
          expect(timestamp).toBeGreaterThanOrEqual(tail.timestamp)
          tail = { seqNum: seqNum + 1n, timestamp }
        }
        expect([outcome.state.tail, outcome.end]).toEqual([tail, tail])
        expect(outcome.records.map(contentOf)).toEqual(input.records.map(contentOf))
        expect(outcome.state.appended).toBe(state.appended + batch.size)
        expect(outcome.state.trimPoint).toBeGreaterThanOrEqual(state.trimPoint)
        expect(outcome.state.trimPoint).toBeLessThanOrEqual(tail.seqNum)
        state = outcome.state
      }
    }),
  )
})
