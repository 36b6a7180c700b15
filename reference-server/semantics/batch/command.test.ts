import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AppendRecord, Header } from '../../../proto/types.ts'
import { isRefusal } from '../refusal.ts'
import { parseCommand } from './command.ts'

const bytes = (part: string | readonly number[]): Uint8Array =>
  typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part)

function record(
  headers: readonly (readonly [string, string])[],
  body: string | readonly number[],
): AppendRecord {
  return {
    headers: headers.map(([name, value]) => ({ name: bytes(name), value: bytes(value) })),
    body: bytes(body),
  }
}

const fence = (body: string | readonly number[]): AppendRecord => record([['', 'fence']], body)
const trim = (...body: readonly number[]): AppendRecord => record([['', 'trim']], body)

test.each([
  { what: 'no headers', record: record([], 'fence'), effect: { command: 'none' } },
  { what: 'a named header', record: record([['a', 'fence']], ''), effect: { command: 'none' } },
  { what: 'a token', record: fence('my-token'), effect: { command: 'fence', token: 'my-token' } },
  { what: 'an empty token', record: fence(''), effect: { command: 'fence', token: '' } },
  {
    what: 'a token with a BOM',
    record: fence([0xef, 0xbb, 0xbf]),
    effect: { command: 'fence', token: '\ufeff' },
  },
  { what: 'trim(0)', record: trim(0, 0, 0, 0, 0, 0, 0, 0), effect: { command: 'trim', upTo: 0n } },
  { what: 'trim(1)', record: trim(0, 0, 0, 0, 0, 0, 0, 1), effect: { command: 'trim', upTo: 1n } },
  { what: 'trim(1000)', record: trim(0, 0, 0, 0, 0, 0, 3, 0xe8), effect: { command: 'trim', upTo: 1000n } },
  {
    what: 'trim(2^53 + 1)',
    record: trim(0, 0x20, 0, 0, 0, 0, 0, 1),
    effect: { command: 'trim', upTo: 2n ** 53n + 1n },
  },
  {
    what: 'trim(2^64 - 1)',
    record: trim(...Array(8).fill(0xff)),
    effect: { command: 'trim', upTo: 2n ** 64n - 1n },
  },
])('$what (CMD-001, CMD-002, CMD-004)', ({ record, effect }) => {
  expect(parseCommand(record)).toEqual(effect)
})

describe('refused as invalid', () => {
  test.each([
    { what: 'an unknown command (REC-009)', record: record([['', 'foo']], '') },
    { what: 'a command in other letters (REC-009)', record: record([['', 'Fence']], '') },
    { what: 'no command (REC-009)', record: record([['', '']], '') },
    {
      what: 'a command beside a header (REC-008)',
      record: record(
        [
          ['', 'fence'],
          ['a', 'b'],
        ],
        '',
      ),
    },
    {
      what: 'an empty name, last (REC-008)',
      record: record(
        [
          ['a', 'b'],
          ['', 'x'],
        ],
        '',
      ),
    },
    {
      what: 'two commands (CMD-011)',
      record: record(
        [
          ['', 'fence'],
          ['', 'fence'],
        ],
        '',
      ),
    },
    { what: 'a token of 37 bytes (CMD-003)', record: fence('x'.repeat(37)) },
    { what: 'a token that is not UTF-8 (CMD-003)', record: fence([0xff]) },
    { what: 'a trim without argument (CMD-005)', record: trim() },
    { what: 'a trim of 7 bytes (CMD-005)', record: trim(0, 0, 0, 0, 0, 0, 1) },
    { what: 'a trim of 9 bytes (CMD-005)', record: trim(0, 0, 0, 0, 0, 0, 0, 0, 1) },
    { what: 'a trim in decimal (CMD-005)', record: record([['', 'trim']], '10') },
  ])('$what', ({ record }) => {
    expect(parseCommand(record)).toMatchObject({ refusal: 'error', code: 'invalid' })
  })
})

test('an empty header name is a command or refused; without one there is no command', () => {
  const part = fc.uint8Array({ maxLength: 3 })
  const headers: fc.Arbitrary<readonly Header[]> = fc.array(fc.record({ name: part, value: part }), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(headers, fc.uint8Array({ maxLength: 9 }), (headers, body) => {
      const effect = parseCommand({ headers, body })
      const isNone = !isRefusal(effect) && effect.command === 'none'
      expect(isNone).toBe(headers.every(({ name }) => name.length > 0))
    }),
  )
})
