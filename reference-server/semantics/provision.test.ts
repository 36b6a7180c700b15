import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BasinConfig,
  DEFAULT_BASIN_CONFIG,
  SYSTEM_STREAM_CONFIG,
  UNSET_STREAM_CONFIG,
} from './config.ts'
import {
  type CreationKey,
  configKey,
  decideCreate,
  decideEnsure,
  type Existing,
  type Kind,
} from './provision.ts'

const key = (requestToken: string, config = 'config'): CreationKey => ({ requestToken, config })
const live = (creationKey?: CreationKey): Existing => ({ deleting: false, creationKey })
const deleting = (creationKey?: CreationKey): Existing => ({ deleting: true, creationKey })
const refused = (code: string) => expect.objectContaining({ refusal: 'error', code })
const kinds: readonly Kind[] = ['basin', 'stream']

describe.each(kinds)('a %s', (kind) => {
  test.each<{ what: string; existing?: Existing; key?: CreationKey; outcome: unknown }>([
    { what: 'that is new', outcome: 'created' },
    { what: 'again, without tokens', existing: live(), outcome: refused('resource_already_exists') },
    { what: 'again, same token and config', existing: live(key('t')), key: key('t'), outcome: 'noop' },
    { what: 'again, the empty token', existing: live(key('')), key: key(''), outcome: 'noop' },
    {
      what: 'again, another token',
      existing: live(key('t')),
      key: key('u'),
      outcome: refused('resource_already_exists'),
    },
    {
      what: 'again, another config',
      existing: live(key('t')),
      key: key('t', 'other'),
      outcome: refused('resource_already_exists'),
    },
    {
      what: 'again, a token first now',
      existing: live(),
      key: key('t'),
      outcome: refused('resource_already_exists'),
    },
    { what: 'again, no token now', existing: live(key('t')), outcome: refused('resource_already_exists') },
    {
      what: 'that is being deleted, in spite of the token',
      existing: deleting(key('t')),
      key: key('t'),
      outcome: refused(`${kind}_deletion_pending`),
    },
  ])('created $what (CP-BAS-033 to CP-BAS-039, CP-STR-022, CP-STR-026)', ({ existing, key, outcome }) => {
    expect(decideCreate(kind, existing, key)).toEqual(outcome)
  })

  test('ensured (CP-BAS-050, CP-BAS-055, CP-STR-041, CP-STR-046)', () => {
    const existing = { ...live(), config: 'a' }
    expect(decideEnsure(kind, undefined, 'a')).toBe('created')
    expect(decideEnsure(kind, existing, 'a')).toBe('noop')
    expect(decideEnsure(kind, existing, 'b')).toBe('updated')
    expect(decideEnsure(kind, { ...existing, deleting: true }, 'a')).toEqual(
      refused(`${kind}_deletion_pending`),
    )
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
