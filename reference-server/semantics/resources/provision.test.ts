import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BasinConfig,
  DEFAULT_BASIN_CONFIG,
  type StreamConfig,
  SYSTEM_STREAM_CONFIG,
  UNSET_STREAM_CONFIG,
} from './config.ts'
import type { Kind } from './existence.ts'
import {
  type CreationKey,
  configKey,
  creationKey,
  decideCreate,
  decideEnsureBasin,
  decideEnsureStream,
  newStream,
} from './provision.ts'

const key = (requestToken: string, config: StreamConfig = UNSET_STREAM_CONFIG) =>
  creationKey(requestToken, config)
type Key = CreationKey | undefined

const DAY: StreamConfig = { ...UNSET_STREAM_CONFIG, retention: { age: 86_400n } }
const WEEK: StreamConfig = { ...UNSET_STREAM_CONFIG, retention: { age: 604_800n } }
const kinds: readonly Kind[] = ['basin', 'stream']

describe.each(kinds)('a %s created again', (kind) => {
  const taken = expect.objectContaining({ refusal: 'error', code: 'resource_already_exists' })

  test.each<{ what: string; before?: Key; now?: Key; outcome: unknown }>([
    { what: 'without tokens', outcome: taken },
    { what: 'same token and config', before: key('t'), now: key('t'), outcome: 'noop' },
    { what: 'the empty token', before: key(''), now: key(''), outcome: 'noop' },
    { what: 'another token', before: key('t'), now: key('u'), outcome: taken },
    { what: 'another config', before: key('t'), now: key('t', DAY), outcome: taken },
    { what: 'an explicit default', before: key('t'), now: key('t', WEEK), outcome: taken },
    { what: 'a token first now', now: key('t'), outcome: taken },
    { what: 'no token now', before: key('t'), outcome: taken },
  ])('$what (CP-BAS-033 to CP-BAS-038, CP-STR-022 to CP-STR-025)', ({ before, now, outcome }) => {
    expect(decideCreate(kind, before, now)).toEqual(outcome)
  })
})

test('nothing is remembered of a creation without a token (CP-BAS-038)', () => {
  expect(creationKey(undefined, UNSET_STREAM_CONFIG)).toBeUndefined()
})

test('a basin ensured is compared as it was asked for (CP-BAS-050, CP-BAS-054)', () => {
  const weekly: BasinConfig = { ...DEFAULT_BASIN_CONFIG, defaultStreamConfig: WEEK }
  expect(decideEnsureBasin(DEFAULT_BASIN_CONFIG, { ...DEFAULT_BASIN_CONFIG })).toBe('noop')
  expect(decideEnsureBasin(weekly, { ...weekly })).toBe('noop')
  expect(decideEnsureBasin(DEFAULT_BASIN_CONFIG, weekly)).toBe('updated')
  expect(decideEnsureBasin(weekly, DEFAULT_BASIN_CONFIG)).toBe('updated')
})

describe('a stream', () => {
  const basin: BasinConfig = { ...DEFAULT_BASIN_CONFIG, defaultStreamConfig: DAY, streamCipher: 'aegis-256' }
  const made = (request: StreamConfig, within = basin) => newStream(request, within, SYSTEM_STREAM_CONFIG)

  test('that is new takes what is not asked for from its basin, and its cipher (CP-CFG-040, CP-CFG-050)', () => {
    expect(made(UNSET_STREAM_CONFIG)).toEqual({
      config: { ...SYSTEM_STREAM_CONFIG, retention: { age: 86_400n } },
      cipher: 'aegis-256',
    })
    expect(made(WEEK).config).toEqual(SYSTEM_STREAM_CONFIG)
    expect(made(UNSET_STREAM_CONFIG, DEFAULT_BASIN_CONFIG)).toEqual({
      config: SYSTEM_STREAM_CONFIG,
      cipher: undefined,
    })
  })

  test('ensured is compared as it would be made now (CP-STR-042 to CP-STR-044)', () => {
    const { config } = made(UNSET_STREAM_CONFIG)
    expect(decideEnsureStream(config, made(UNSET_STREAM_CONFIG))).toBe('noop')
    expect(decideEnsureStream(config, made(DAY))).toBe('noop')
    expect(decideEnsureStream(config, made(WEEK))).toBe('updated')
    expect(decideEnsureStream(config, made(UNSET_STREAM_CONFIG, DEFAULT_BASIN_CONFIG))).toBe('updated')
  })

  test('ensured keeps its cipher, and is not another for that of its basin (CP-CFG-050)', () => {
    const { config } = made(UNSET_STREAM_CONFIG)
    const plain = made(UNSET_STREAM_CONFIG, { ...basin, streamCipher: undefined })
    expect(decideEnsureStream(config, plain)).toBe('noop')
  })
})

describe('configurations are compared', () => {
  test('by what is stored: unset is not an explicit default (CP-BAS-035, CP-BAS-054)', () => {
    const explicit: BasinConfig = {
      ...DEFAULT_BASIN_CONFIG,
      defaultStreamConfig: { ...UNSET_STREAM_CONFIG, storageClass: 'express' },
    }
    expect(configKey(explicit)).not.toBe(configKey(DEFAULT_BASIN_CONFIG))
    expect(configKey({ ...UNSET_STREAM_CONFIG, deleteOnEmptyMinAge: 0n })).not.toBe(
      configKey(UNSET_STREAM_CONFIG),
    )
    expect(configKey(SYSTEM_STREAM_CONFIG)).not.toBe(configKey(UNSET_STREAM_CONFIG))
  })

  test('exactly, whatever order their leaves were written in', () => {
    const age = fc.constantFrom(1n, 2n ** 53n, 2n ** 53n + 1n)
    fc.assert(
      fc.property(age, age, fc.boolean(), fc.boolean(), (a, b, c, d) => {
        const config = (age: bigint, uncapped: boolean) => ({
          ...UNSET_STREAM_CONFIG,
          retention: { age },
          timestampingUncapped: uncapped,
        })
        const shuffled = Object.fromEntries(Object.entries(config(b, d)).toReversed()) as ReturnType<
          typeof config
        >
        expect(configKey(config(a, c)) === configKey(shuffled)).toBe(a === b && c === d)
      }),
    )
  })
})
