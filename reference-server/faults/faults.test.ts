import { describe, expect, test } from 'vitest'
import { FakeClock } from '../fake-clock.ts'
import { OPERATIONS } from '../semantics/access/operation.ts'
import { FaultPlan } from './fault-plan.ts'
import { ACCOUNT_OPERATIONS, BASIN_OPERATIONS, STREAM_OPERATIONS } from './options.ts'

const faults = (): FaultPlan => new FaultPlan(new FakeClock())

test('every operation that is a request can be named', () => {
  const named = [...ACCOUNT_OPERATIONS, ...BASIN_OPERATIONS, ...STREAM_OPERATIONS]
  // Trims and fences are records of an append.
  expect([...named, 'trim', 'fence'].toSorted()).toEqual([...OPERATIONS].toSorted())
})

describe('combinations that make no sense do not compile, and are refused', () => {
  test('a filter that cannot match the operation', () => {
    const code = 'unavailable'
    // @ts-expect-error: an account operation names no basin.
    const onAccount = () => faults().refuse({ operation: 'list-basins', code, basin: 'my-basin' })
    expect(onAccount).toThrow('refuse: basin cannot filter list-basins, which names no basin')
    // @ts-expect-error: a basin operation names no stream.
    expect(() => faults().delay({ operation: 'list-streams', ms: 1, stream: 'events' })).toThrow(
      'delay: stream cannot filter list-streams, which names no stream',
    )
  })

  test('a retry time without its code', () => {
    // @ts-expect-error: S2 sends it with 429 only.
    expect(() => faults().refuse({ operation: 'append', code: 'unavailable', retryAfterMs: 1 })).toThrow(
      'refuse: retryAfterMs needs the code rate_limited',
    )
  })

  test('fields of another fault, and fields that are missing', () => {
    // @ts-expect-error: only appends have acks.
    expect(() => faults().loseAck({ operation: 'read' })).toThrow('lose-ack: there is no field operation')
    // @ts-expect-error: where it is cut.
    expect(() => faults().cutRead({})).toThrow('cut-read: afterRecords must be a whole number of at least 0')
    // @ts-expect-error: no such code for a refusal.
    expect(() => faults().refuse({ operation: 'append', code: 'authn' })).toThrow(
      'refuse: code must be one of',
    )
    // @ts-expect-error: no such operation.
    expect(() => faults().delay({ operation: 'fence', ms: 1 })).toThrow('delay: operation must be one of')
  })
})

test.each([0, -1, 1.5, Number.NaN])('a count of %d is refused', (times) => {
  expect(() => faults().loseAck({ times })).toThrow('lose-ack: times must be a whole number of at least 1')
})

test('names that no basin or stream can have are refused', () => {
  expect(() => faults().loseAck({ basin: 'X' })).toThrow('lose-ack: basin is not valid')
  expect(() => faults().cutRead({ afterRecords: 1, stream: '' })).toThrow('cut-read: stream is not valid')
  expect(() => faults().delay({ operation: 'any', ms: -1 })).toThrow(
    'delay: ms must be a whole number from 0',
  )
})
