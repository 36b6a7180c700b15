import { expect, test } from 'vitest'
import type { ListRequest } from '../../../reference-server/semantics/access/listing.ts'
import {
  DEFAULT_BASIN_CONFIG,
  type StreamConfig,
  SYSTEM_STREAM_CONFIG,
  UNSET_STREAM_CONFIG,
} from '../../../reference-server/semantics/resources/config.ts'
import { rules } from '../../../reference-server/semantics/rules.ts'
import { listRepeatsTheLastName } from '../listing/list-repeats-the-last-name.ts'
import { creationRepeatsByItsTokenAlone } from '../streams/creation-repeats-by-its-token-alone.ts'
import { breakPart } from '../testing/break-part.ts'
import { basinDefaultsAreNotInherited } from './basin-defaults-are-not-inherited.ts'
import { patchReplacesTheConfiguration } from './patch-replaces-the-configuration.ts'

const DAY: StreamConfig = { ...UNSET_STREAM_CONFIG, retention: { age: 86_400n } }
const ARRIVAL: StreamConfig = { ...UNSET_STREAM_CONFIG, timestampingMode: 'arrival' }

test('list-repeats-the-last-name, if it is there', () => {
  const { broken, firings } = breakPart(listRepeatsTheLastName, rules)
  const items = ['a', 'b', 'c'].map((name) => ({ name }))
  const after = (startAfter: string): ListRequest => ({ prefix: '', startAfter, limit: undefined })
  expect(rules.page(items, after('b'))).toEqual({ items: items.slice(2), hasMore: false })
  expect(broken.page(items, after('b'))).toEqual({ items: items.slice(1), hasMore: false })
  expect(firings()).toBe(1)
  expect(broken.page(items, after('aa'))).toEqual({ items: items.slice(1), hasMore: false })
  expect(broken.page(items, after(''))).toEqual({ items, hasMore: false })
  expect(firings()).toBe(1)
})

test('patch-replaces-the-configuration of streams and of the defaults for them', () => {
  const { broken, firings } = breakPart(patchReplacesTheConfiguration, rules)
  const patch = { ...UNSET_STREAM_CONFIG, timestampingMode: 'arrival' } as const
  const stream = { ...SYSTEM_STREAM_CONFIG, retention: { age: 1n } }
  expect(rules.patchStream(stream, patch, DAY, SYSTEM_STREAM_CONFIG)).toMatchObject({
    ...ARRIVAL,
    ...stream,
    timestampingMode: 'arrival',
  })
  expect(broken.patchStream(stream, patch, DAY, SYSTEM_STREAM_CONFIG)).toMatchObject({
    retention: { age: 86_400n },
  })

  const basin = { ...DEFAULT_BASIN_CONFIG, defaultStreamConfig: DAY }
  const basinPatch = {
    defaultStreamConfig: patch,
    streamCipher: undefined,
    createStreamOnAppend: undefined,
    createStreamOnRead: undefined,
  }
  expect(rules.patchBasin(basin, basinPatch).defaultStreamConfig).toEqual({
    ...DAY,
    timestampingMode: 'arrival',
  })
  expect(broken.patchBasin(basin, basinPatch).defaultStreamConfig).toEqual(ARRIVAL)
  expect(firings()).toBe(2)
})

test('creation-repeats-by-its-token-alone', () => {
  const { broken, firings } = breakPart(creationRepeatsByItsTokenAlone, rules)
  const known = { requestToken: 'token', config: 'one' }
  const other = { requestToken: 'token', config: 'two' }
  const refused = { refusal: 'error', code: 'resource_already_exists' }
  expect(rules.decideCreate('basin', known, other)).toMatchObject(refused)
  expect(broken.decideCreate('basin', known, other)).toBe('noop')
  expect(firings()).toBe(1)
  const foreign = { requestToken: 'foreign', config: 'two' }
  expect(broken.decideCreate('basin', known, foreign)).toMatchObject(refused)
  expect(broken.decideCreate('basin', undefined, undefined)).toMatchObject(refused)
  expect(broken.decideCreate('basin', known, known)).toBe('noop')
  expect(broken.decideCreate('basin', undefined, other)).toMatchObject(refused)
  expect(firings()).toBe(1)
})

test('basin-defaults-are-not-inherited, what the request says is', () => {
  const { broken, firings } = breakPart(basinDefaultsAreNotInherited, rules)
  const basin = { ...DEFAULT_BASIN_CONFIG, defaultStreamConfig: DAY }
  expect(rules.newStream(ARRIVAL, basin, SYSTEM_STREAM_CONFIG).config).toMatchObject({
    retention: { age: 86_400n },
  })
  expect(broken.newStream(ARRIVAL, basin, SYSTEM_STREAM_CONFIG).config).toMatchObject({
    retention: { age: 604_800n },
    timestampingMode: 'arrival',
  })
  expect(firings()).toBe(1)
  expect(broken.newStream(DAY, DEFAULT_BASIN_CONFIG, SYSTEM_STREAM_CONFIG).config).toMatchObject({
    retention: { age: 86_400n },
  })
  expect(firings()).toBe(1)
})
