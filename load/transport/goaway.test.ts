import { expect, test } from 'vitest'
import { goodbyeWords } from './goaway.ts'

test.each<[number, string | Buffer, string | undefined]>([
  [0, '', undefined],
  [0, 'max_age', 'NO_ERROR, "max_age"'],
  [9, '', 'COMPRESSION_ERROR'],
  [11, 'too_many_pings', 'ENHANCE_YOUR_CALM, "too_many_pings"'],
  [0xffff_ffff, '', 'code 4294967295'],
  [1, 'a "stream"\r\n\u001b[31mof\u202e two', 'PROTOCOL_ERROR, "a \'stream\' [# two"'],
  [1, 'x'.repeat(100_000), `PROTOCOL_ERROR, "${'x'.repeat(80)}…"`],
  [1, '𝒳'.repeat(81), `PROTOCOL_ERROR, "${'𝒳'.repeat(80)}…"`],
  [1, Buffer.from([0xff, 0x00, 0x61]), 'PROTOCOL_ERROR, "\ufffd a"'],
  [1, '  ', 'PROTOCOL_ERROR'],
])('code %i with %j', (code, debug, words) => {
  expect(goodbyeWords(code, Buffer.from(debug))).toBe(words)
})

test('what differs from one connection to the next makes no other kind of ending', () => {
  const say = (text: string) => goodbyeWords(2, Buffer.from(text))
  const one = say('stream 17 of 10.0.0.7:51234, request 7f3a9c02-11ee-be56-0242ac120002')
  expect(one).toBe('INTERNAL_ERROR, "stream # of #.#.#.#:#, request #"')
  expect(say('stream 5 of 10.0.0.9:40, request 0c9a9c02-99ee-be57-0242ac120009')).toBe(one)
})
