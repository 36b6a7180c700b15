import { describe, expect, test } from 'vitest'
import type { AppendRecord } from '../../../proto/types.ts'
import {
  type Break,
  type Judging,
  judgeBroken,
} from '../../../verification/suite-mutants/testing/judge-mutant.ts'
import { base64ViewIsUrlSafe } from '../../../verification/suite-mutants/wire/base64-view-is-url-safe.ts'
import { jsonRoundsTimestamps } from '../../../verification/suite-mutants/wire/json-rounds-timestamps.ts'
import type { Property } from '../property.ts'
import { anyContent, loneSurrogates } from './content.ts'
import { anyFrames } from './frames.ts'
import { anyInteger } from './integers.ts'

/** Stores something else than what was sent. */
const storing =
  (change: (body: Uint8Array) => Uint8Array): Break =>
  (rules) => ({
    ...rules,
    append(state, batch, ...rest) {
      const changed = <Sent extends AppendRecord>(record: Sent): Sent => ({
        ...record,
        body: change(record.body),
      })
      return rules.append(state, { ...batch, records: batch.records.map(changed) }, ...rest)
    },
  })

const healthy: Break = (rules) => rules
const cutAtNul = storing((body) => (body.includes(0) ? body.slice(0, body.indexOf(0)) : body))
const replacesWhatIsNoText = storing((body) => Buffer.from(Buffer.from(body).toString('utf8')))
const cutAt1024 = storing((body) => body.slice(0, 1024))

const rounded = (value: bigint): bigint => BigInt(Number(value))

const roundsTheExpectedNumber: Break = (rules) => ({
  ...rules,
  append(state, batch, ...rest) {
    const { matchSeqNum: wanted } = batch
    // As a number of 32 bits.
    return rules.append(
      state,
      wanted === undefined ? batch : { ...batch, matchSeqNum: wanted & 0xffffffffn },
      ...rest,
    )
  },
})

const roundsTheStart: Break = (rules) => ({
  ...rules,
  resolveStart(start, ...rest) {
    const { timestamp } = start
    return rules.resolveStart(
      timestamp === undefined ? start : { ...start, timestamp: rounded(timestamp) },
      ...rest,
    )
  },
})

const MISTAKES: readonly (readonly [name: string, Property, Break, Judging])[] = [
  ['a text ends at NUL', anyContent, cutAtNul, {}],
  ['bytes are taken for text', anyContent, replacesWhatIsNoText, { transport: 'protobuf' }],
  [
    base64ViewIsUrlSafe.name,
    anyContent,
    healthy,
    { transport: 'base64', onWire: (wire) => base64ViewIsUrlSafe.apply(wire, (value) => value) },
  ],
  [
    jsonRoundsTimestamps.name,
    anyInteger,
    healthy,
    { onWire: (wire) => jsonRoundsTimestamps.apply(wire, (value) => value) },
  ],
  ['the expected number has 32 bits', anyInteger, roundsTheExpectedNumber, { transport: 's2s' }],
  ['the start of a read is rounded', anyInteger, roundsTheStart, { transport: 'protobuf' }],
  ['what is compressed is cut', anyFrames, cutAt1024, { transport: 's2s' }],
]

describe('finds in a default run', () => {
  test.each(MISTAKES)('%s', async (_name, property, broken, judging) => {
    expect(await judgeBroken(property, broken, judging)).toBeDefined()
  })
})

test.each([anyContent, loneSurrogates, anyInteger, anyFrames])(
  'and nothing in the healthy server',
  async (property) => {
    for (const transport of property.requirement.on ?? [])
      expect(await judgeBroken(property, healthy, { transport })).toBeUndefined()
  },
)
