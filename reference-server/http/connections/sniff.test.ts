import fc from 'fast-check'
import { expect, test } from 'vitest'
import { protocolOf } from './sniff.ts'

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

test('every strict beginning of the preface is undecided, the whole is HTTP/2', () => {
  for (let length = 0; length < PREFACE.length; length++) {
    expect(protocolOf(Buffer.from(PREFACE.slice(0, length)))).toBeUndefined()
  }
  expect(protocolOf(Buffer.from(PREFACE))).toBe('http2')
  expect(protocolOf(Buffer.from(`${PREFACE}\0\0`))).toBe('http2')
})

test('anything that leaves the preface is HTTP/1.1', () => {
  const leaving = fc
    .tuple(fc.nat(PREFACE.length - 1), fc.integer({ min: 0, max: 255 }), fc.uint8Array())
    .filter(([at, byte]) => PREFACE.charCodeAt(at) !== byte)
  fc.assert(
    fc.property(leaving, ([at, byte, rest]) => {
      const head = Buffer.concat([Buffer.from(PREFACE.slice(0, at)), Buffer.of(byte), rest])
      expect(protocolOf(head)).toBe('http1')
    }),
  )
})
