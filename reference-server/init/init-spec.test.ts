import { describe, expect, test } from 'vitest'
import { rules } from '../semantics/rules.ts'
import { type InitSpec, parseInitSpec } from './init-spec.ts'

const basin = (config: object): InitSpec => ({ basins: [{ basin: 'my-basin', config }] })
const stream = (config: object): InitSpec => ({
  basins: [{ basin: 'my-basin', streams: [{ stream: 'events', config }] }],
})

describe('the form of the API', () => {
  test('means the same as that of an init file', () => {
    const asInApi: InitSpec = {
      basins: [
        {
          basin: 'my-basin',
          config: {
            create_stream_on_append: true,
            default_stream_config: { retention_policy: { infinite: {} } },
          },
          streams: [
            {
              stream: 'events',
              config: { retention_policy: { age: 86_400 }, delete_on_empty: { min_age_secs: 60n } },
            },
          ],
        },
      ],
    }
    const asInFile: InitSpec = {
      basins: [
        {
          name: 'my-basin',
          config: {
            create_stream_on_append: true,
            default_stream_config: { retention_policy: 'infinite' },
          },
          streams: [
            { name: 'events', config: { retention_policy: '1d', delete_on_empty: { min_age: '1m' } } },
          ],
        },
      ],
    }
    expect(parseInitSpec(asInApi, rules)).toEqual(parseInitSpec(asInFile, rules))
  })

  test('may be mixed with the other, name by name', () => {
    const mixed: InitSpec = { basins: [{ basin: 'my-basin', streams: [{ name: 'a' }, { stream: 'b' }] }] }
    expect(parseInitSpec(mixed, rules)).toMatchObject({
      basins: [{ streams: [{ name: 'a' }, { name: 'b' }] }],
    })
  })
})

describe('an error names the path of the field', () => {
  const at = 'basins[0].streams[0].config'
  test.each<[InitSpec, string]>([
    [{ basins: [{ basin: 'x' }] }, 'basins[0].basin is not valid'],
    [Object({ basins: [{ basin: 'my-basin', name: 'my-basin' }] }), 'basins[0].name is not known'],
    [Object({ basins: [{}] }), 'basins[0].name'],
    [basin({ retention: 1 }), 'basins[0].config.retention is not known'],
    [basin({ default_stream_config: { retention_policy: { age: -1 } } }), 'retention_policy.age'],
    [basin({ create_stream_on_read: 1 }), 'basins[0].config.create_stream_on_read must be true or false'],
    [stream({ retention_policy: { days: 1 } }), `${at}.retention_policy must have exactly one of`],
    [stream({ retention_policy: { age: '1' } }), `${at}.retention_policy.age`],
    [stream({ delete_on_empty: { min_age_secs: 1.5 } }), `${at}.delete_on_empty.min_age_secs`],
    [stream({ timestamping: { mode: 'now' } }), `${at}.timestamping.mode must be one of`],
    [stream({ retention_policy: { age: 0 } }), `${at}: `],
  ])('%j', (spec, path) => {
    expect(() => parseInitSpec(spec, rules)).toThrow(path)
  })
})
