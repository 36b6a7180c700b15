import { describe, expect, test } from 'vitest'
import { parseJson } from '../../proto/json.ts'
import { HOSTED_FREE_TIER } from '../semantics/resources/flavor.ts'
import { rules } from '../semantics/rules.ts'
import { readResources } from './resources.ts'

const read = (json: string) => readResources(parseJson(json), rules)

const withStream = (config: string) =>
  `{"basins":[{"name":"my-basin"},{"name":"my-other-basin","streams":[{"name":"a"},{"name":"b","config":${config}}]}]}`

const configOf = (config: string) => read(withStream(config)).basins[1]?.streams[1]?.config

const UNSET = {
  storageClass: undefined,
  retention: undefined,
  timestampingMode: undefined,
  timestampingUncapped: undefined,
  deleteOnEmptyMinAge: undefined,
}

describe('what shall be there', () => {
  test('is basins and their streams, with what they shall be like (CP-LITE-040)', () => {
    const config = `{
      "create_stream_on_append": true,
      "stream_cipher": "aegis-256",
      "default_stream_config": {
        "storage_class": "standard",
        "retention_policy": "1week",
        "timestamping": { "mode": "arrival", "uncapped": true },
        "delete_on_empty": { "min_age": "2h 30m" }
      }
    }`
    expect(read(`{"basins":[{"name":"my-basin","config":${config},"streams":[{"name":"a/b"}]}]}`)).toEqual({
      basins: [
        {
          name: 'my-basin',
          config: {
            createStreamOnAppend: true,
            createStreamOnRead: false,
            streamCipher: 'aegis-256',
            defaultStreamConfig: {
              storageClass: 'standard',
              retention: { age: 604_800n },
              timestampingMode: 'arrival',
              timestampingUncapped: true,
              deleteOnEmptyMinAge: 9000n,
            },
          },
          streams: [{ name: 'a/b', config: UNSET }],
        },
      ],
    })
  })

  test.each(['{}', '{"basins":[]}', '{"comment":"at the top anything goes","basins":[]}'])(
    '%s is nothing',
    (json) => {
      expect(read(json)).toEqual({ basins: [] })
    },
  )

  test.each(['null', '{}', '{"retention_policy":null,"timestamping":null,"delete_on_empty":{}}'])(
    'the config %s sets nothing (CP-LITE-042)',
    (config) => {
      expect(configOf(config)).toEqual(UNSET)
    },
  )

  test.each([
    ['"infinite"', { infinite: true }],
    ['"INFINITE"', { infinite: true }],
    ['"7d"', { age: 604_800n }],
    ['"1500ms"', { age: 1n }],
  ])('the retention %s is read (CP-LITE-040, CP-LITE-043)', (retention, expected) => {
    expect(configOf(`{"retention_policy":${retention}}`)?.retention).toEqual(expected)
  })

  test.each([
    ['[]', 'the whole must be an object, not an array'],
    ['{"basins":null}', 'basins must be an array, not null'],
    ['{"basins":[],"basins":[]}', 'basins is given more than once'],
    ['{"basins":[{}]}', 'basins[0].name must be a string, not absent'],
    [
      '{"basins":[{"name":"My-Basin"}]}',
      /^basins\[0\]\.name is not valid: a basin name has lower-case letters/,
    ],
    ['{"basins":[{"name":"my-basin","x":1}]}', 'basins[0].x is not known; there are name, config, streams'],
    ['{"basins":[{"name":"my-basin","streams":null}]}', 'basins[0].streams must be an array, not null'],
    [
      '{"basins":[{"name":"my-basin","config":{"create_stream_on_apend":true}}]}',
      /^basins\[0\]\.config\.create_stream_on_apend is not known; there are default_stream_config, /,
    ],
    [
      '{"basins":[{"name":"my-basin","config":{"default_stream_config":{"retention_policy":"0s"}}}]}',
      'basins[0].config.default_stream_config: retention_policy.age must be at least 1 second',
    ],
    [
      '{"basins":[{"name":"my-basin"},{"name":"other-basin"},{"name":"my-basin"}]}',
      'basins[2].name is that of basins[0] already: my-basin',
    ],
    [
      '{"basins":[{"name":"my-basin","streams":[{"name":"a"},{"name":"a"}]}]}',
      'basins[0].streams[1].name is that of basins[0].streams[0] already: a',
    ],
    [
      '{"basins":[{"name":"my-basin","streams":[{"name":".."}]}]}',
      /^basins\[0\]\.streams\[0\]\.name is not valid/,
    ],
    [
      '{"basins":[{"name":"my-basin","streams":[{"name":"a","size":1}]}]}',
      /^basins\[0\]\.streams\[0\]\.size is not/,
    ],
  ])('%s is refused, and where (CP-LITE-041)', (json, message) => {
    expect(() => read(json)).toThrow(
      typeof message === 'string' ? new RegExp(`^${literal(message)}$`) : message,
    )
  })

  test.each([
    ['{"retention_policy":{"age":7}}', 'retention_policy must be a string, not an object'],
    ['{"retention_policy":"0s"}', /config: retention_policy\.age must be at least 1 second$/],
    [
      '{"retention_policy":"7"}',
      'retention_policy must be a duration such as 7d, 1week or "2h 30m", not "7"',
    ],
    ['{"retention_policy":"500ms"}', 'retention_policy must be at least a second, not "500ms"'],
    ['{"delete_on_empty":{"min_age":"1ms"}}', 'delete_on_empty.min_age must be at least a second, not "1ms"'],
    [
      '{"delete_on_empty":{"min_age_secs":1}}',
      /delete_on_empty\.min_age_secs is not known; there are min_age$/,
    ],
    [
      '{"timestamping":{"mode":"now"}}',
      'timestamping.mode must be one of: client-prefer, client-require, arrival',
    ],
    ['{"timestamping":{"capped":true}}', /timestamping\.capped is not known; there are mode, uncapped$/],
    ['{"storage_class":"slow"}', 'storage_class must be one of: standard, express'],
    ['{"cipher":"aegis-256"}', /config\.cipher is not known/],
  ])('the stream config %s is refused, and where (CP-LITE-041, CP-LITE-043)', (config, message) => {
    const where = 'basins[1].streams[1].config.'
    expect(() => configOf(config)).toThrow(
      typeof message === 'string' ? new RegExp(`^${literal(where + message)}$`) : message,
    )
  })

  test('what the flavor does not allow is refused too', () => {
    const free = { ...rules, flavor: HOSTED_FREE_TIER }
    expect(() => readResources(parseJson(withStream('{"retention_policy":"infinite"}')), free)).toThrow(
      /^basins\[1\]\.streams\[1\]\.config: .*free tier$/,
    )
  })
})

const literal = (text: string): string => text.replaceAll(/[.[\]{}()*+?^$|\\]/g, '\\$&')
