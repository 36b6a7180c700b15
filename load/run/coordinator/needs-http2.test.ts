import { expect, test } from 'vitest'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import { demandHttp2 } from './needs-http2.ts'

const demand =
  (fields: WorkloadFields, found: Partial<Parameters<typeof demandHttp2>[1]> = {}) =>
  (): void =>
    demandHttp2(parseWorkload(fields, 'here'), {
      capabilities: new Set(),
      absent: new Map([['http2', 'no HTTP/2 on this connection']]),
      undecided: new Map(),
      ...found,
    })

const BLIND = { transport: 'h1-json', readers: 0, 'catch-up': 0 }

test.each<[string, WorkloadFields, string]>([
  [
    'sessions',
    {},
    'its appends (--transport s2s), readers at the tail (--readers), readers that catch up (--catch-up): only',
  ],
  [
    'events over HTTP/1.1 there are none',
    { transport: 'h1-json', 'read-transport': 'sse', 'catch-up-transport': 'sse' },
    'its readers at the tail (--readers), readers that catch up (--catch-up): only',
  ],
  ['tails', { ...BLIND, 'check-tails': 5 }, 'its requests for a tail (--check-tails): only'],
])('a target without HTTP/2 is told what it is needed for: %s', (_what, fields, words) => {
  expect(demand(fields)).toThrow(
    `the target does not speak HTTP/2 (no HTTP/2 on this connection), which this load needs for ${words}`,
  )
})

test('one of which it is not known is told so', () => {
  const undecided = new Map([['http2', 'no answer within 5 s']] as const)
  expect(demand({}, { absent: new Map(), undecided })).toThrow(
    /^whether the target speaks HTTP\/2 could not be found out \(no answer within 5 s\), which/,
  )
})

test('what goes over HTTP/1.1 needs none, and what speaks it is not refused', () => {
  expect(demand(BLIND)).not.toThrow()
  expect(demand({}, { capabilities: new Set(['http2']) })).not.toThrow()
})
