import { describe, expect, test } from 'vitest'
import type { Transport } from '../../client/transport.ts'
import { checkMatchSeqNum } from '../../reference-server/semantics/append/conditions.ts'
import { largestBatchIsRefused } from '../../verification/suite-mutants/append/largest-batch-is-refused.ts'
import { unfencedStreamTakesAnyToken } from '../../verification/suite-mutants/conditions/unfenced-stream-takes-any-token.ts'
import { basinDefaultsAreNotInherited } from '../../verification/suite-mutants/configuration/basin-defaults-are-not-inherited.ts'
import { patchReplacesTheConfiguration } from '../../verification/suite-mutants/configuration/patch-replaces-the-configuration.ts'
import type { RulesDefect } from '../../verification/suite-mutants/defect.ts'
import { listRepeatsTheLastName } from '../../verification/suite-mutants/listing/list-repeats-the-last-name.ts'
import { bytesBoundIgnoresHeaders } from '../../verification/suite-mutants/read/bytes-bound-ignores-headers.ts'
import { equalTimestampsAreSkipped } from '../../verification/suite-mutants/read/equal-timestamps-are-skipped.ts'
import { creationRepeatsByItsTokenAlone } from '../../verification/suite-mutants/streams/creation-repeats-by-its-token-alone.ts'
import { type Break, judgeBroken } from '../../verification/suite-mutants/testing/judge-mutant.ts'
import { futureTimestampsAreKept } from '../../verification/suite-mutants/timestamps/future-timestamps-are-kept.ts'
import { timestampsFallWithinABatch } from '../../verification/suite-mutants/timestamps/timestamps-fall-within-a-batch.ts'
import type { Property } from './property.ts'
import { sequencesOnManyStreams, sequencesOnOneStream, sequencesWithFollowers } from './sequences.ts'

const seeded =
  (defect: RulesDefect): Break =>
  (rules) =>
    defect.apply(rules, (value) => value)

/** Takes the expected number for a lower bound. */
const matchIsALowerBound: Break = (rules) => ({
  ...rules,
  append(state, batch, ...rest) {
    const { matchSeqNum: wanted } = batch
    const isLower = wanted !== undefined && wanted < state.tail.seqNum
    return rules.append(state, isLower ? { ...batch, matchSeqNum: undefined } : batch, ...rest)
  },
})

/** Asks the conditions the other way round. */
const numberComesFirst: Break = (rules) => ({
  ...rules,
  append: (state, batch, ...rest) =>
    checkMatchSeqNum(state.tail.seqNum, batch.matchSeqNum) ?? rules.append(state, batch, ...rest),
})

const trimTakesOneMore: Break = (rules) => ({
  ...rules,
  append(state, ...rest) {
    const outcome = rules.append(state, ...rest)
    if ('refusal' in outcome || outcome.state.trimPoint === state.trimPoint) return outcome
    return { ...outcome, state: { ...outcome.state, trimPoint: outcome.state.trimPoint + 1n } }
  },
})

const clampIsIgnored: Break = (rules) => ({
  ...rules,
  resolveStart: (start, ...rest) => rules.resolveStart({ ...start, clamp: false }, ...rest),
})

const timestamping =
  (change: (rule: { mode: string; uncapped: boolean }) => object): Break =>
  (rules) => ({
    ...rules,
    append: (state, batch, now, rule, cipher) =>
      rules.append(state, batch, now, { ...rule, ...change(rule) }, cipher),
  })

/** A timestamp that is asked for is put in where it is missing. */
const nothingIsRequired = timestamping(({ mode }) =>
  mode === 'client-require' ? { mode: 'client-prefer' } : {},
)
const arrivalPrefersTheClient = timestamping(({ mode }) =>
  mode === 'arrival' ? { mode: 'client-prefer' } : {},
)
const alwaysCapped = timestamping(() => ({ uncapped: false }))

const nobodyWaits: Break = (rules) => ({ ...rules, waitAtTail: () => 0 })

/** Followers begin one too late, where they begin before the tail. */
const followersSkipTheFirst: Break = (rules) => ({
  ...rules,
  resolveStart(start, tail, mayStandAtTail) {
    const point = rules.resolveStart(start, tail, mayStandAtTail)
    if ('refusal' in point || point.from !== 'seq-num' || !mayStandAtTail || point.seqNum >= tail.seqNum)
      return point
    return { from: 'seq-num', seqNum: point.seqNum + 1n }
  },
})

const flagsAreAlwaysOn: Break = (rules) => ({
  ...rules,
  judgeStream: (operation, stream, basin, flavor) =>
    rules.judgeStream(
      operation,
      stream,
      basin && { ...basin, config: { ...basin.config, createStreamOnAppend: true } },
      flavor,
    ),
})

/** As in a merge of objects where `null` is the same as absent. */
const nullKeeps: Break = (rules) => ({
  ...rules,
  patchStream(stored, patch, ...rest) {
    const { storageClass, retention, timestampingMode, timestampingUncapped, deleteOnEmptyMinAge } = patch
    const kept = {
      storageClass: storageClass ?? undefined,
      retention: retention ?? undefined,
      timestampingMode: timestampingMode ?? undefined,
      timestampingUncapped: timestampingUncapped ?? undefined,
      deleteOnEmptyMinAge: deleteOnEmptyMinAge ?? undefined,
    }
    return rules.patchStream(stored, kept, ...rest)
  },
})

const ensureChangesNothing: Break = (rules) => ({ ...rules, decideEnsureStream: () => 'noop' })

const listLeavesOutTheLast: Break = (rules) => ({
  ...rules,
  page(items, request) {
    const { items: listed, hasMore } = rules.page(items, request)
    return { items: listed.length > 1 ? listed.slice(0, -1) : listed, hasMore }
  },
})

type Mistake = readonly [name: string, broken: Break, most: number, on: Transport | undefined]

const MISTAKES: readonly (readonly [
  Property,
  readonly (readonly [string, Break, most: number, on?: Transport])[],
])[] = [
  [
    sequencesOnOneStream,
    [
      ['match is a lower bound', matchIsALowerBound, 2],
      ['clamp is ignored', clampIsIgnored, 2, 'sse'],
      [unfencedStreamTakesAnyToken.name, seeded(unfencedStreamTakesAnyToken), 1],
      [timestampsFallWithinABatch.name, seeded(timestampsFallWithinABatch), 2],
      [largestBatchIsRefused.name, seeded(largestBatchIsRefused), 1],
      ['a trim takes one more', trimTakesOneMore, 4],
      [equalTimestampsAreSkipped.name, seeded(equalTimestampsAreSkipped), 2],
      [bytesBoundIgnoresHeaders.name, seeded(bytesBoundIgnoresHeaders), 4],
    ],
  ],
  [
    sequencesWithFollowers,
    [
      ['no timestamp is required', nothingIsRequired, 2],
      ['arrival prefers the client', arrivalPrefersTheClient, 2],
      ['always capped', alwaysCapped, 3],
      [futureTimestampsAreKept.name, seeded(futureTimestampsAreKept), 1],
      ['nobody waits', nobodyWaits, 3],
      ['followers skip the first', followersSkipTheFirst, 4],
    ],
  ],
  [
    sequencesOnManyStreams,
    [
      ['append makes what is missing, whatever the flag', flagsAreAlwaysOn, 1],
      ['null keeps', nullKeeps, 3],
      ['ensure changes nothing', ensureChangesNothing, 3],
      ['a list leaves out the last', listLeavesOutTheLast, 3],
      [patchReplacesTheConfiguration.name, seeded(patchReplacesTheConfiguration), 3],
      [basinDefaultsAreNotInherited.name, seeded(basinDefaultsAreNotInherited), 4],
      [creationRepeatsByItsTokenAlone.name, seeded(creationRepeatsByItsTokenAlone), 2],
      [listRepeatsTheLastName.name, seeded(listRepeatsTheLastName), 3],
    ],
  ],
]

describe.each(MISTAKES)(
  '$requirement.id finds in a default run, and shrinks to few requests',
  (property, mistakes) => {
    const all = mistakes.map(([name, broken, most, on]): Mistake => [name, broken, most, on])
    test.each(all)('%s', async (_name, broken, most, transport) => {
      const found = await judgeBroken(property, broken, transport && { transport })
      expect(found, 'nothing was found').toBeDefined()
      expect(found?.requests, found?.failure.finding.request).toBeLessThanOrEqual(most)
    })

    test('and nothing in the healthy server', async () => {
      for (const transport of property.requirement.on ?? [])
        expect(await judgeBroken(property, (rules) => rules, { transport })).toBeUndefined()
    })
  },
)

test('a planted mistake is always shrunk to the same two requests', async () => {
  const found = await judgeBroken(sequencesOnOneStream, matchIsALowerBound)
  const asked = found?.failure.finding.request ?? ''
  const steps = asked.split('\n').filter((line) => /^\d+\. /.test(line))
  expect(steps).toEqual([
    '1. {"step":"append","stream":0,"records":[{"record":"data","body":"","headers":0}]}',
    '2. {"step":"append","stream":0,"records":[{"record":"data","body":"","headers":0}],"match":-1}',
  ])
  expect(asked).toMatch(/expected +\{ status: 412, seq_num_mismatch: 1 \}\n +actual +\{ status: 200/)
})

test('PROP-001 lets a server tell either of two failed conditions, but for what holds s2-lite (APP-019, APP-021)', async () => {
  expect(await judgeBroken(sequencesOnOneStream, numberComesFirst, { profile: 'core' })).toBeUndefined()
  const found = await judgeBroken(sequencesOnOneStream, numberComesFirst)
  expect(found?.failure.finding).toMatchObject({
    expected: expect.stringContaining('fencing_token_mismatch'),
    actual: expect.stringContaining('seq_num_mismatch'),
  })
})
