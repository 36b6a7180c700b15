import { expect, test } from 'vitest'
import { Http2Error } from './frame-reader.ts'
import { statusOf } from './header-block.ts'

const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex')

test.each<[string, string, number]>([
  ['in the static table', '88', 200],
  ['at the end of those that are there', '8e', 500],
  ['a literal to be kept', `4803${ascii('409')}`, 409],
  ['a literal not to be kept', `0803${ascii('409')}`, 409],
  ['a literal never to be kept', `1803${ascii('409')}`, 409],
  ['under another index of the same name', `4e03${ascii('409')}`, 409],
  ['with its name spelt', `0007${ascii(':status')}03${ascii('409')}`, 409],
  ['RFC 7541, C.6.1', '48826402', 302],
  ['RFC 7541, C.6.2', '4883640eff', 307],
  ['coded, with its name coded', '0085b8848d36a3821001', 200],
  ['coded digits 1, 8 and 9', '08830bcfff', 189],
  ['coded digits 4, 5 and 6', '088369b73f', 456],
  ['behind the size of a table', '2088', 200],
  ['behind two sizes of a table, the second in several bytes', '203fe11f88', 200],
  ['before other fields', `88${'5c01'}${ascii('5')}`, 200],
])('a status %s is read', (_how, block, status) => {
  expect(statusOf(Buffer.from(block, 'hex'))).toBe(status)
})

test.each<[string, string, string]>([
  ['nothing', '', 'ends inside a field'],
  ['an index that is no status', '82', 'does not begin with its status'],
  ['an index behind the statuses', '8f', 'does not begin with its status'],
  ['a literal of another name from the table', `0103${ascii('200')}`, 'does not begin with its status'],
  ['a literal to be kept of another name', `5803${ascii('200')}`, 'does not begin with its status'],
  ['a literal of another name', `0001${ascii('x')}03${ascii('200')}`, 'does not begin with its status'],
  ['a status below 100', `0803${ascii('099')}`, 'does not begin with its status'],
  ['a status above 999', `0804${ascii('1000')}`, 'does not begin with its status'],
  ['a status that is no number', `0803${ascii('2xx')}`, 'does not begin with its status'],
  ['a text that is cut', `0804${ascii('200')}`, 'ends inside a field'],
  ['a number that is cut', '3fff', 'ends inside a field'],
  ['a number that is too large', '3fffffffff0f88', 'too large'],
  ['a code that is filled up with zeros', '08821000', 'does not begin with its status'],
  ['a code that is filled up with a byte of ones', '08831019ff', 'does not begin with its status'],
])('%s is no answer', (_what, block, why) => {
  const read = (): number => statusOf(Buffer.from(block, 'hex'))
  expect(read).toThrow(Http2Error)
  expect(read).toThrow(why)
})
