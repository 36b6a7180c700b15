import { describe, expect, test } from 'vitest'
import { difference } from './difference.ts'
import type { Example, Payload } from './example.ts'

const exampleOf = (
  body: Payload,
  headers: Readonly<Record<string, string>> = {},
  path = '/v1/streams/s',
): Example => ({
  id: 'APP-001',
  transport: 'json',
  exchanges: [
    {
      request: { method: 'GET', path, http: '1.1', headers: {} },
      answer: { status: 200, headers, body },
    },
  ],
})

const textOf = (text: string, omittedBytes?: number): Example =>
  exampleOf({ kind: 'text', text, ...(omittedBytes !== undefined && { omittedBytes }) })

const ping = (time: number): string => `event: ping\ndata: {"timestamp":${time}}\n\n`

describe('difference', () => {
  test('shows the row and both exchanges, and marks the lines that differ', () => {
    expect(difference(exampleOf({ kind: 'text', text: 'a' }, { vary: 'x' }), textOf('b'))).toBe(
      [
        'APP-001/json, exchange 1 of 1',
        '  expected, as committed:',
        '    GET /v1/streams/s HTTP/1.1',
        '    status 200',
        '  > vary: x',
        '  > a',
        '    {"kind":"text"}',
        '  actual, of this run:',
        '    GET /v1/streams/s HTTP/1.1',
        '    status 200',
        '  > b',
        '    {"kind":"text"}',
        '',
      ].join('\n'),
    )
  })

  test('reports a row that the run does not have, and an exchange too many', () => {
    expect(difference(textOf('a'), undefined)).toContain('APP-001/json: the run has no example')
    const [exchange] = textOf('a').exchanges
    const twice = { ...textOf('a'), exchanges: exchange === undefined ? [] : [exchange, exchange] }
    expect(difference(textOf('a'), twice)).toContain('> (no exchange)')
  })

  test.each([
    ['times', textOf('{"timestamp":1767225601000}'), textOf('{"timestamp":1767225602000}')],
    ['ISO times', textOf('"2026-01-01T00:00:01.000Z"'), textOf('"2026-01-01T00:00:03.000Z"')],
    ['the number of pings', textOf(ping(1767225601000)), textOf(ping(1767225601000) + ping(1767225602000))],
    [
      'points of a metric',
      textOf('{"values":[[1767222000,0],[1767225602,77],[17672'),
      textOf('{"values":[[1767225602,5],[1767225', 9),
    ],
    [
      'samples',
      textOf('# HELP a b\nlatency{le="1"} 5\nlat', 9),
      textOf('# HELP a b\nlatency{le="1"} 17\nl', 8),
    ],
    [
      'compressed bytes',
      exampleOf({ kind: 'bytes', hex: '1f8b00', omittedBytes: 7 }),
      exampleOf({ kind: 'bytes', hex: '1f8b01' }),
    ],
    [
      'a page of names',
      exampleOf({ kind: 'text', text: '{"streams":["a"]}' }, {}, '/v1/streams?limit=1'),
      exampleOf({ kind: 'text', text: '{"streams":["b"]}' }, {}, '/v1/streams?limit=1'),
    ],
  ])('ignores %s', (_, one, other) => {
    expect(difference(one, other)).toBeUndefined()
  })

  test.each([
    ['a code', textOf('{"code":"bad_json"}'), textOf('{"code":"bad_query"}')],
    ['a time where there was a number', textOf('{"timestamp":1767225601000}'), textOf('{"timestamp":17}')],
    ['a sample of another name', textOf('# HELP a b\nlatency 5\n'), textOf('# HELP a b\ndelay 5\n')],
    ['a size', textOf('a', 7), textOf('a', 8)],
  ])('reports %s', (_, one, other) => {
    expect(difference(one, other)).toContain('expected, as committed')
  })
})
