import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Header } from '../../../proto/types.ts'
import { meteredSize } from './metered-size.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const header = (name: string, value: string): Header => ({ name: utf8(name), value: utf8(value) })

test.each<{ what: string; headers?: readonly Header[]; body?: string; size: bigint }>([
  { what: 'an empty record', size: 8n },
  { what: 'a body', body: 'hello', size: 13n },
  { what: 'two bytes in one character', body: 'é', size: 10n },
  { what: 'four bytes in one character', body: '\u{1f600}', size: 12n },
  { what: 'a header', headers: [header('a', 'b')], size: 12n },
  { what: 'a header without value', headers: [header('a', '')], size: 11n },
  {
    what: 'two headers and a body',
    headers: [header('k1', 'v1'), header('k2', 'v2')],
    body: 'xyz',
    size: 23n,
  },
  { what: 'a fence that clears', headers: [header('', 'fence')], size: 15n },
  { what: 'a fence', headers: [header('', 'fence')], body: 'my-token', size: 23n },
  { what: 'the longest fence', headers: [header('', 'fence')], body: 'x'.repeat(36), size: 51n },
  { what: 'a trim', headers: [header('', 'trim')], body: '\0'.repeat(8), size: 22n },
  { what: 'the largest record', body: 'x'.repeat(1_048_568), size: 1_048_576n },
])('$what has metered size $size (REC-001)', ({ headers = [], body = '', size }) => {
  expect(meteredSize({ headers, body: utf8(body) })).toBe(size)
})

test('every byte counts one, every header two more, the record eight more', () => {
  const part = fc.uint8Array({ maxLength: 20 })
  fc.assert(
    fc.property(fc.array(fc.record({ name: part, value: part })), part, (headers, body) => {
      const bytes = headers.flatMap(({ name, value }) => [...name, ...value]).length + body.length
      expect(meteredSize({ headers, body })).toBe(BigInt(8 + 2 * headers.length + bytes))
    }),
  )
})
