import { type Requirement, requirement } from '../../check/requirement.ts'
import { BAD_JSON } from '../malformed.ts'
import { effective, effectiveBasin } from './effective.ts'
import { expectPatches } from './patches.ts'

const FULL = {
  storage_class: 'standard',
  retention_policy: { age: 60n },
  timestamping: { mode: 'arrival', uncapped: true },
  // Nothing here waits for it: on a slow machine a stream must not be gone before it was asked about.
  delete_on_empty: { min_age_secs: 50_000n },
}

export const patch: readonly Requirement[] = [
  requirement('CP-CFG-060', 'Three states of a leaf', { needs: ['basins'] }, (context) =>
    expectPatches(context, FULL, [
      [{}, FULL],
      [{ storage_class: 'express' }, { ...FULL, storage_class: 'express' }],
      [{ storage_class: null }, { ...FULL, storage_class: null }],
      [{ retention_policy: { age: 61n } }, { ...FULL, storage_class: null, retention_policy: { age: 61n } }],
      [{ retention_policy: null }, { ...FULL, storage_class: null, retention_policy: null }],
      [
        { timestamping: { mode: null, uncapped: false }, storage_class: 'standard' },
        { ...FULL, retention_policy: null, timestamping: { uncapped: false } },
      ],
      [
        { timestamping: { mode: 'client-require', uncapped: null } },
        { ...FULL, retention_policy: null, timestamping: { mode: 'client-require' } },
      ],
      [
        { delete_on_empty: { min_age_secs: null }, timestamping: { mode: null } },
        { storage_class: 'standard' },
      ],
      [
        { delete_on_empty: { min_age_secs: 7n } },
        { storage_class: 'standard', delete_on_empty: { min_age_secs: 7n } },
      ],
    ]),
  ),

  requirement('CP-CFG-061', 'Nested objects recurse', { needs: ['basins'] }, (context) =>
    expectPatches(context, { timestamping: { uncapped: true } }, [
      [{ timestamping: { mode: 'arrival' } }, { timestamping: { mode: 'arrival', uncapped: true } }],
      [{ timestamping: { uncapped: false } }, { timestamping: { mode: 'arrival', uncapped: false } }],
      [
        { timestamping: { mode: 'client-require' } },
        { timestamping: { mode: 'client-require', uncapped: false } },
      ],
      [{ timestamping: { mode: null } }, { timestamping: { uncapped: false } }],
    ]),
  ),

  requirement('CP-CFG-062', '`null` for an object', { needs: ['basins'] }, async (context) => {
    await expectPatches(context, FULL, [
      [{ timestamping: null }, { ...FULL, timestamping: null }],
      [{ delete_on_empty: null }, { ...FULL, timestamping: null, delete_on_empty: null }],
    ])
    const { account, newBasin, expect } = context
    const { name } = await newBasin({ default_stream_config: FULL, create_stream_on_read: true })
    const cleared = expect.ok(await account.reconfigureBasin(name, { default_stream_config: null }))
    const expected = effectiveBasin({ create_stream_on_read: true })
    expect.equal(effectiveBasin(cleared), expected, 'configuration of the basin')
    expect.equal(expect.ok(await account.getBasinConfig(name)), cleared, 'configuration by the next GET')
  }),

  requirement('CP-CFG-063', 'Empty object', { needs: ['basins'] }, async (context) => {
    await expectPatches(context, FULL, [
      [{ timestamping: {} }, FULL],
      [{ delete_on_empty: {} }, FULL],
      [
        { timestamping: {}, delete_on_empty: {}, storage_class: 'express' },
        { ...FULL, storage_class: 'express' },
      ],
    ])
    const { account, newBasin, expect } = context
    const { name } = await newBasin({ default_stream_config: FULL })
    const before = expect.ok(await account.getBasinConfig(name))
    for (const patch of [{ default_stream_config: {} }, { default_stream_config: { timestamping: {} } }]) {
      expect.equal(
        expect.ok(await account.reconfigureBasin(name, patch)),
        before,
        'configuration of the basin',
      )
    }
  }),

  requirement('CP-CFG-064', 'Retention is replaced whole', { needs: ['basins'] }, (context) =>
    expectPatches(context, { retention_policy: { age: 60n } }, [
      [{ retention_policy: { infinite: {} } }, { retention_policy: { infinite: {} } }],
      [{ retention_policy: { age: 61n } }, { retention_policy: { age: 61n } }],
      [{ retention_policy: { age: 62n } }, { retention_policy: { age: 62n } }],
    ]),
  ),

  requirement('CP-CFG-067', 'Explicit 0 in PATCH', { needs: ['basins'] }, async (context) => {
    const { newBasin, newStreamName, expect } = context
    const inherited = { delete_on_empty: { min_age_secs: 3600 } }
    const basin = await newBasin({ default_stream_config: inherited })
    const name = newStreamName()
    expect.ok(await basin.createStream(name), 201)
    for (const [patch, seconds] of [
      [{ delete_on_empty: { min_age_secs: 0 } }, 0n],
      [{ delete_on_empty: { min_age_secs: null } }, 3600n],
      [{ delete_on_empty: { min_age_secs: 0 } }, 0n],
      [{}, 0n],
      [{ delete_on_empty: null }, 3600n],
    ] as const) {
      const patched = expect.ok(await basin.reconfigureStream(name, patch))
      const expected = effective({ delete_on_empty: { min_age_secs: seconds } })
      expect.equal(effective(patched), expected, `configuration after ${JSON.stringify(patch)}`)
      expect.equal(expect.ok(await basin.getStreamConfig(name)), patched, 'configuration by the next GET')
    }
  }),

  requirement('CP-CFG-069', 'A failed PATCH changes nothing', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const basin = await newBasin({ default_stream_config: FULL })
    expect.ok(await basin.createStream('a'), 201)
    const before = {
      basin: expect.ok(await account.getBasinConfig(basin.name)),
      stream: expect.ok(await basin.getStreamConfig('a')),
    }
    for (const bad of BAD_PARTS) {
      const config = `"storage_class":"express","timestamping":{"mode":"client-require"},${bad}`
      const ofBasin = `{"create_stream_on_read":true,"default_stream_config":{${config}}}`
      for (const answer of [
        await basin.raw({ method: 'PATCH', path: '/streams/a', body: `{${config}}` }),
        await account.raw({ method: 'PATCH', path: `/basins/${basin.name}`, body: ofBasin }),
      ]) {
        expect.refusedAs(answer, BAD_JSON)
      }
      expect.equal(
        expect.ok(await account.getBasinConfig(basin.name)),
        before.basin,
        'configuration of the basin',
      )
      expect.equal(expect.ok(await basin.getStreamConfig('a')), before.stream, 'configuration of the stream')
    }
  }),
]

const BAD_PARTS = [
  '"retention_policy":{"age":0}',
  '"retention_policy":{"age":-1}',
  '"delete_on_empty":{"min_age_secs":"x"}',
  '"timestamping":7',
]
