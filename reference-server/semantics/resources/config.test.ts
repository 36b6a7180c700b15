import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkStreamConfig } from './check-config.ts'
import {
  DEFAULT_BASIN_CONFIG,
  resolveStreamConfig,
  type StreamConfig,
  SYSTEM_STREAM_CONFIG,
  timestampingOf,
  UNSET_STREAM_CONFIG,
} from './config.ts'
import { HOSTED, HOSTED_FREE_TIER, LITE } from './flavor.ts'

const layer = (config: Partial<StreamConfig>): StreamConfig => ({ ...UNSET_STREAM_CONFIG, ...config })

test('nothing set resolves to what the system has (CP-CFG-001 to CP-CFG-008)', () => {
  expect(resolveStreamConfig(UNSET_STREAM_CONFIG, UNSET_STREAM_CONFIG, SYSTEM_STREAM_CONFIG)).toEqual({
    storageClass: 'express',
    retention: { age: 604_800n },
    timestampingMode: 'client-prefer',
    timestampingUncapped: false,
    deleteOnEmptyMinAge: 0n,
  })
})

test('a basin without config makes no streams and encrypts none (CP-CFG-020 to CP-CFG-022)', () => {
  expect(DEFAULT_BASIN_CONFIG).toEqual({
    defaultStreamConfig: UNSET_STREAM_CONFIG,
    streamCipher: undefined,
    createStreamOnAppend: false,
    createStreamOnRead: false,
  })
})

test.each<{
  what: string
  request: Partial<StreamConfig>
  basin: Partial<StreamConfig>
  force: Partial<StreamConfig>
}>([
  {
    what: 'leaves of one object from two layers (CP-CFG-041)',
    request: { timestampingUncapped: true },
    basin: { timestampingMode: 'arrival' },
    force: { timestampingMode: 'arrival', timestampingUncapped: true },
  },
  {
    what: 'retention as one leaf (CP-CFG-042)',
    request: { retention: { age: 3600n } },
    basin: { retention: { infinite: true } },
    force: { retention: { age: 3600n } },
  },
  {
    what: 'explicit false and 0 over what the basin has (CP-CFG-043)',
    request: { timestampingUncapped: false, deleteOnEmptyMinAge: 0n },
    basin: { timestampingUncapped: true, deleteOnEmptyMinAge: 60n },
    force: { timestampingUncapped: false, deleteOnEmptyMinAge: 0n },
  },
])('$what', ({ request, basin, force }) => {
  expect(resolveStreamConfig(layer(request), layer(basin), SYSTEM_STREAM_CONFIG)).toEqual({
    ...SYSTEM_STREAM_CONFIG,
    ...force,
  })
})

test.each([
  { retention: undefined, refused: false },
  { retention: { age: 1n }, refused: false },
  { retention: { age: 2n ** 64n - 1n }, refused: false },
  { retention: { infinite: true } as const, refused: false },
  { retention: { age: 0n }, refused: true },
])('retention $retention is refused: $refused (CP-CFG-003, CP-CFG-004)', ({ retention, refused }) => {
  for (const flavor of [LITE, HOSTED]) {
    expect(checkStreamConfig(layer({ retention }), flavor)).toEqual(
      refused ? expect.objectContaining({ code: 'invalid' }) : undefined,
    )
  }
})

test.each([
  { flavor: 'lite', storageClass: 'Archive', refused: false },
  { flavor: 'lite', storageClass: '', refused: false },
  { flavor: 'hosted', storageClass: 'express', refused: false },
  { flavor: 'hosted', storageClass: 'Archive', refused: true },
  { flavor: 'hosted', storageClass: '', refused: true },
] as const)('$flavor: storage class "$storageClass" is refused: $refused (CP-CFG-001)', (given) => {
  const { flavor, storageClass, refused } = given
  expect(checkStreamConfig(layer({ storageClass }), flavor === 'lite' ? LITE : HOSTED)).toEqual(
    refused ? expect.objectContaining({ code: 'invalid' }) : undefined,
  )
})

test.each<{ what: string; config: Partial<StreamConfig>; refused: boolean }>([
  { what: 'nothing set', config: {}, refused: false },
  { what: 'standard', config: { storageClass: 'standard' }, refused: false },
  { what: 'express', config: { storageClass: 'express' }, refused: true },
  { what: '28 days', config: { retention: { age: 2_419_200n } }, refused: false },
  { what: 'a second more', config: { retention: { age: 2_419_201n } }, refused: true },
  { what: 'infinite retention', config: { retention: { infinite: true } }, refused: true },
])('the free tier refuses $what: $refused (CP-CFG-005)', ({ config, refused }) => {
  const message = expect.stringContaining('free tier')
  expect(checkStreamConfig(layer(config), HOSTED)).toBeUndefined()
  expect(checkStreamConfig(layer(config), HOSTED_FREE_TIER)).toEqual(
    refused ? expect.objectContaining({ code: 'invalid', message }) : undefined,
  )
})

test('what a flavor makes of a stream where nothing is set, it would also take if it were asked for', () => {
  for (const flavor of [LITE, HOSTED, HOSTED_FREE_TIER]) {
    const resolved = resolveStreamConfig(UNSET_STREAM_CONFIG, UNSET_STREAM_CONFIG, flavor.systemConfig)
    expect(checkStreamConfig(resolved, flavor)).toBeUndefined()
  }
})

test('timestamping is taken from what is in force', () => {
  const config = { ...SYSTEM_STREAM_CONFIG, timestampingMode: 'arrival', timestampingUncapped: true } as const
  expect(timestampingOf(config)).toEqual({ mode: 'arrival', uncapped: true })
})

test('each leaf by itself: the request, else the basin, else the system (CP-CFG-040)', () => {
  const leaves: fc.Arbitrary<StreamConfig> = fc.record({
    storageClass: fc.constantFrom(undefined, 'standard', 'express'),
    retention: fc.constantFrom(undefined, { age: 1n }, { infinite: true } as const),
    timestampingMode: fc.constantFrom(undefined, 'arrival', 'client-require'),
    timestampingUncapped: fc.constantFrom(undefined, true, false),
    deleteOnEmptyMinAge: fc.constantFrom(undefined, 0n, 5n),
  })
  fc.assert(
    fc.property(leaves, leaves, (request, basin) => {
      const resolved = resolveStreamConfig(request, basin, SYSTEM_STREAM_CONFIG)
      for (const leaf of Object.keys(SYSTEM_STREAM_CONFIG) as (keyof StreamConfig)[]) {
        expect(resolved[leaf]).toEqual(request[leaf] ?? basin[leaf] ?? SYSTEM_STREAM_CONFIG[leaf])
      }
    }),
  )
})
