import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  basinPath,
  HEADERS,
  type MediaKind,
  mediaKind,
  parseFormat,
  recordsPath,
  streamPath,
  tailPath,
} from './http.ts'
import type { Format } from './types.ts'

test('header names are in lower case, as HTTP/2 demands', () => {
  for (const name of Object.values(HEADERS)) expect(name).toMatch(/^[a-z0-9-]+$/)
})

describe('media types (RTE-015, RTE-017 to RTE-019)', () => {
  test.each<[string | undefined, MediaKind | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['application/json', 'json'],
    ['Application/JSON', 'json'],
    ['application/json; charset=utf-8', 'json'],
    ['application/json;q=0.1, application/protobuf', 'json'],
    ['  application/json  , application/protobuf', 'json'],
    ['application/problem+json', 'json'],
    ['application/vnd.x+Json; a=b', 'json'],
    ['application/jsonx', undefined],
    ['application/xjson', undefined],
    ['text/json', undefined],
    ['application/protobuf', 'protobuf'],
    ['application/x-protobuf', 'protobuf'],
    ['APPLICATION/PROTOBUF;x', 'protobuf'],
    ['application/vnd.google.protobuf', undefined],
    ['s2s/proto', 's2s'],
    ['S2S/Proto', 's2s'],
    ['s2s/proto, application/json', 's2s'],
    ['text/event-stream', 'event-stream'],
    ['text/event-stream;q=0', 'event-stream'],
    ['text/plain', undefined],
    ['*/*', undefined],
    ['application/*', undefined],
    ['not/a/mime, application/json', undefined],
    [', application/json', undefined],
    ['application', undefined],
    ['/json', undefined],
    ['application /json', undefined],
    ['application/json charset', undefined],
  ])('%j is %s', (value, kind) => {
    expect(mediaKind(value)).toBe(kind)
  })
})

describe('s2-format (RTE-021 to RTE-023)', () => {
  test.each<[string | undefined, Format | undefined]>([
    [undefined, 'raw'],
    ['raw', 'raw'],
    ['base64', 'base64'],
    ['json', 'raw'],
    ['json-binsafe', 'base64'],
    [' base64\t', 'base64'],
    ['', undefined],
    ['RAW', undefined],
    ['Base64', undefined],
    ['hex', undefined],
    ['raw, base64', undefined],
  ])('%j is %s', (value, format) => {
    expect(parseFormat(value)).toBe(format)
  })
})

describe('paths (RTE-001, RTE-007)', () => {
  test('of a plain name', () => {
    expect(basinPath('my-basin')).toBe('/basins/my-basin')
    expect(streamPath('s')).toBe('/streams/s')
    expect(recordsPath('s')).toBe('/streams/s/records')
    expect(tailPath('s')).toBe('/streams/s/records/tail')
  })

  test.each([
    ['a/b', 'a%2Fb'],
    ['a b', 'a%20b'],
    ['a?b#c', 'a%3Fb%23c'],
    ['100%', '100%25'],
    ['a+b', 'a%2Bb'],
    ['é', '%C3%A9'],
    ['😀', '%F0%9F%98%80'],
    ['/records/tail', '%2Frecords%2Ftail'],
    ['.', '%2E'],
    ['..', '%2E%2E'],
    ['...', '...'],
    ['.a', '.a'],
  ])('%s is one segment', (name, segment) => {
    expect(streamPath(name)).toBe(`/streams/${segment}`)
  })

  test('every name comes back from its segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        const segments = tailPath(name).split('/')
        expect(segments).toHaveLength(5)
        expect(decodeURIComponent(segments[2] ?? '')).toBe(name)
      }),
    )
  })
})
