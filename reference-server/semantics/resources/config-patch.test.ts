import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BasinConfig,
  DEFAULT_BASIN_CONFIG,
  type ResolvedStreamConfig,
  type StreamConfig,
  SYSTEM_STREAM_CONFIG,
  UNSET_STREAM_CONFIG,
} from './config.ts'
import {
  type BasinConfigPatch,
  checkStreamPatch,
  patchBasin,
  patchStream,
  type StreamConfigPatch,
} from './config-patch.ts'
import { HOSTED_FREE_TIER, LITE } from './flavor.ts'

const KEEP: StreamConfigPatch = UNSET_STREAM_CONFIG
const KEEP_BASIN: BasinConfigPatch = {
  defaultStreamConfig: KEEP,
  streamCipher: undefined,
  createStreamOnAppend: undefined,
  createStreamOnRead: undefined,
}
const stored: ResolvedStreamConfig = {
  storageClass: 'standard',
  retention: { age: 5n },
  timestampingMode: 'arrival',
  timestampingUncapped: true,
  deleteOnEmptyMinAge: 60n,
}
const basin: BasinConfig = {
  defaultStreamConfig: { ...stored, storageClass: undefined },
  streamCipher: 'aegis-256',
  createStreamOnAppend: true,
  createStreamOnRead: false,
}

describe('a patch of a stream', () => {
  const basinDefault: StreamConfig = { ...UNSET_STREAM_CONFIG, retention: { age: 9n } }
  test.each<{ what: string; patch: Partial<StreamConfigPatch>; changed: Partial<ResolvedStreamConfig> }>([
    { what: 'keeps what is absent', patch: {}, changed: {} },
    {
      what: 'sets one leaf and leaves its neighbour (CP-CFG-061)',
      patch: { timestampingMode: 'client-require' },
      changed: { timestampingMode: 'client-require' },
    },
    {
      what: 'clears to the basin (CP-CFG-065)',
      patch: { retention: null },
      changed: { retention: { age: 9n } },
    },
    {
      what: 'clears to the system (CP-CFG-065)',
      patch: { storageClass: null, timestampingMode: null, timestampingUncapped: null },
      changed: { storageClass: 'express', timestampingMode: 'client-prefer', timestampingUncapped: false },
    },
    { what: 'sets 0 (CP-CFG-067)', patch: { deleteOnEmptyMinAge: 0n }, changed: { deleteOnEmptyMinAge: 0n } },
    {
      what: 'replaces retention whole (CP-CFG-064)',
      patch: { retention: { infinite: true } },
      changed: { retention: { infinite: true } },
    },
  ])('$what', ({ patch, changed }) => {
    expect(patchStream(stored, { ...KEEP, ...patch }, basinDefault, SYSTEM_STREAM_CONFIG)).toEqual({
      ...stored,
      ...changed,
    })
  })
})

describe('a patch of a basin', () => {
  test.each<{ what: string; patch: Partial<BasinConfigPatch>; changed: Partial<BasinConfig> }>([
    { what: 'keeps what is absent (CP-BAS-071)', patch: {}, changed: {} },
    {
      what: 'sets a flag (CP-CFG-068)',
      patch: { createStreamOnRead: true },
      changed: { createStreamOnRead: true },
    },
    {
      what: 'clears a flag (CP-CFG-068)',
      patch: { createStreamOnAppend: false },
      changed: { createStreamOnAppend: false },
    },
    {
      what: 'clears the cipher (CP-CFG-051)',
      patch: { streamCipher: null },
      changed: { streamCipher: undefined },
    },
    {
      what: 'unsets one leaf of the defaults (CP-CFG-066)',
      patch: { defaultStreamConfig: { ...KEEP, retention: null } },
      changed: { defaultStreamConfig: { ...basin.defaultStreamConfig, retention: undefined } },
    },
  ])('$what', ({ patch, changed }) => {
    expect(patchBasin(basin, { ...KEEP_BASIN, ...patch })).toEqual({ ...basin, ...changed })
  })
})

test.each<{ what: string; patch: Partial<StreamConfigPatch>; says: string }>([
  { what: 'an age of 0', patch: { retention: { age: 0n } }, says: 'at least 1 second' },
  { what: 'a class of the paid tier', patch: { storageClass: 'express' }, says: 'free tier' },
  { what: 'a retention of the paid tier', patch: { retention: { infinite: true } }, says: 'free tier' },
])('what a patch sets is judged: $what', ({ patch, says }) => {
  const message = expect.stringContaining(says)
  expect(checkStreamPatch({ ...KEEP, ...patch }, HOSTED_FREE_TIER)).toMatchObject({
    code: 'invalid',
    message,
  })
})

test('what a patch keeps or clears is not judged', () => {
  expect(checkStreamPatch(KEEP, HOSTED_FREE_TIER)).toBeUndefined()
  expect(checkStreamPatch({ retention: null, storageClass: null }, HOSTED_FREE_TIER)).toBeUndefined()
  expect(checkStreamPatch({ retention: { infinite: true }, storageClass: 'any' }, LITE)).toBeUndefined()
})

test('a patch leaf is kept, cleared or set, whatever the others are (CP-CFG-060)', () => {
  const seconds = fc.constantFrom(undefined, null, 0n, 7n)
  const flag = fc.constantFrom(undefined, null, true, false)
  fc.assert(
    fc.property(seconds, flag, (deleteOnEmptyMinAge, timestampingUncapped) => {
      const patch = { ...KEEP, deleteOnEmptyMinAge, timestampingUncapped }
      const after = patchStream(stored, patch, UNSET_STREAM_CONFIG, SYSTEM_STREAM_CONFIG)
      expect(after.deleteOnEmptyMinAge).toBe(
        deleteOnEmptyMinAge === undefined
          ? 60n
          : (deleteOnEmptyMinAge ?? SYSTEM_STREAM_CONFIG.deleteOnEmptyMinAge),
      )
      expect(after.timestampingUncapped).toBe(
        timestampingUncapped === undefined ? true : (timestampingUncapped ?? false),
      )
      expect(patchBasin(DEFAULT_BASIN_CONFIG, { ...KEEP_BASIN, defaultStreamConfig: patch })).toMatchObject({
        defaultStreamConfig: {
          deleteOnEmptyMinAge: deleteOnEmptyMinAge ?? undefined,
          timestampingUncapped: timestampingUncapped ?? undefined,
        },
      })
    }),
  )
})
