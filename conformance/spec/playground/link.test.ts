import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeLink, encodeLink, LinkError, MAX_LINK_CHARACTERS } from './link.ts'
import type { Step } from './request.ts'
import { sequences } from './testing/arbitrary-steps.ts'

const linkOf = (json: string): string => `#sequence=1.${Buffer.from(json).toString('base64url')}`
const tails = (count: number): string => JSON.stringify(Array(count).fill({ after: 0, tail: {} }))

test('a link holds every sequence, with exact 64-bit numbers', () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      const link = encodeLink(steps)
      expect(link).toMatch(/^#sequence=1\.[A-Za-z0-9_-]*$/)
      expect(decodeLink(link)).toEqual(steps)
    }),
    { numRuns: 500 },
  )
})

test('an anchor is no sequence', () => {
  for (const fragment of ['', '#', '#main', '#APP-001']) expect(decodeLink(fragment)).toBeUndefined()
})

test('the empty sequence is one', () => {
  expect(decodeLink(encodeLink([]))).toEqual([])
})

describe('a malformed link is refused with a message', () => {
  const record = (inner: string): string =>
    linkOf(`[{"after":0,"append":{"format":"raw","records":[${inner}]}}]`)
  test.each<[what: string, link: string, message: RegExp]>([
    ['no version', '#sequence=', /version/],
    ['another version', '#sequence=2.W10', /version/],
    ['characters outside the alphabet', '#sequence=1.W1%30', /damaged/],
    ['a missing part', '#sequence=1.W', /damaged/],
    ['too long', `#sequence=1.${'A'.repeat(MAX_LINK_CHARACTERS)}`, /65536 characters/],
    ['no UTF-8', '#sequence=1._w', /not UTF-8/],
    ['no JSON', linkOf('[{'), /JSON/],
    ['a lone surrogate', linkOf('["\\ud800"]'), /surrogate/],
    ['deep nesting', linkOf('['.repeat(500)), /nesting/],
    ['not an array', linkOf('{}'), /the sequence must be an array/],
    ['a step that is no object', linkOf('[1]'), /step 1 must be an object/],
    ['no pause', linkOf('[{"tail":{}}]'), /step 1\.after/],
    ['a negative pause', linkOf('[{"after":-1,"tail":{}}]'), /step 1\.after/],
    ['a pause beyond a day', linkOf('[{"after":86400001,"tail":{}}]'), /more than a day/],
    ['no request', linkOf('[{"after":0}]'), /exactly one of/],
    ['two requests', linkOf('[{"after":0,"tail":{},"read":{"format":"raw"}}]'), /exactly one of/],
    ['a key twice', linkOf('[{"after":0,"after":1,"tail":{}}]'), /more than once/],
    ['an inherited name', linkOf('[{"after":0,"__proto__":{"tail":{}}}]'), /exactly one of/],
    ['another format', linkOf('[{"after":0,"read":{"format":"hex"}}]'), /format must be one of/],
    ['a rounded number', linkOf('[{"after":0,"read":{"format":"raw","seqNum":1e3}}]'), /seqNum must be/],
    [
      'more than 64 bits',
      linkOf('[{"after":0,"read":{"format":"raw","seqNum":18446744073709551616}}]'),
      /seqNum must be/,
    ],
    [
      'a wait beyond 32 bits',
      linkOf('[{"after":0,"read":{"format":"raw","wait":4294967296}}]'),
      /wait must be/,
    ],
    ['a wrong flag', linkOf('[{"after":0,"read":{"format":"raw","clamp":"yes"}}]'), /clamp must be/],
    ['another mode', linkOf('[{"after":0,"configure":{"mode":"x","uncapped":true}}]'), /mode must be one of/],
    ['no records', linkOf('[{"after":0,"append":{"format":"raw"}}]'), /records must be an array/],
    ['a record without body', record('{"headers":[]}'), /body must be a string/],
    ['a header of one text', record('{"headers":[["a"]],"body":""}'), /pairs/],
    ['a header that is no list', record('{"headers":[{"0":"a"}],"body":""}'), /pairs/],
    ['too many steps', linkOf(tails(101)), /at most 100 steps/],
    [
      'too many records',
      record(Array(2001).fill('{"headers":[],"body":""}').join(',')),
      /2000 records|65536/,
    ],
  ])('%s', (_what, link, message) => {
    expect(() => decodeLink(link)).toThrow(LinkError)
    expect(() => decodeLink(link)).toThrow(message)
  })
})

test('arbitrary text after the prefix is refused or decoded, and never fails otherwise', () => {
  const valid = encodeLink([{ after: 1n, request: { kind: 'tail' } }]).slice('#sequence='.length)
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.base64String().map((base64) => `1.${base64.replaceAll('=', '')}`),
    fc.json().map((json) => linkOf(json).slice('#sequence='.length)),
    fc
      .tuple(fc.nat({ max: valid.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }))
      .map(([at, character]) => valid.slice(0, at) + character + valid.slice(at + 1)),
  )
  fc.assert(
    fc.property(text, (content) => {
      try {
        const steps: readonly Step[] | undefined = decodeLink(`#sequence=${content}`)
        expect(steps).toBeInstanceOf(Array)
      } catch (error) {
        expect(error).toBeInstanceOf(LinkError)
      }
    }),
    { numRuns: 2000 },
  )
})
