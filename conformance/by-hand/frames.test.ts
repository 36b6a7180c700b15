import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ConformanceFailure } from '../../client/failures.ts'
import { batch, bytes } from '../../client/records.ts'
import {
  ackOf,
  batchOf,
  concat,
  frame,
  GZIP,
  inputFrame,
  inputFrames,
  messageOf,
  splitFrames,
  ZSTD,
} from './frames.ts'

const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'))

describe('frame', () => {
  test.each([
    [0, '00000100'],
    [255, '00010000'],
    [65_535, '01000000'],
  ])('a body of %i bytes begins with %s', (length, head) => {
    expect(frame(new Uint8Array(length)).subarray(0, 4)).toEqual(hex(head))
  })

  test('the golden frame of a batch with the body "hi"', () => {
    expect(inputFrame(batch('hi'))).toEqual(hex('000007000a041a026869'))
  })
})

describe('splitFrames', () => {
  test('gives back what was framed', () => {
    const body = concat(frame(bytes('a'), 0x20), frame(new Uint8Array(70_000)), frame(bytes(''), 0x80))
    expect(splitFrames(body)).toEqual([
      { flags: 0x20, body: bytes('a') },
      { flags: 0, body: new Uint8Array(70_000) },
      { flags: 0x80, body: bytes('') },
    ])
    expect(splitFrames(new Uint8Array(0))).toEqual([])
  })

  test.each([
    ['length 0', '000000'],
    ['length 0 before another frame', '00000000000100'],
    ['a prefix cut short', '0000'],
    ['a prefix alone', '000002'],
    ['a body cut short', '00000300aa'],
    ['bytes behind the last frame', '0000010000'],
  ])('%s is a finding', (_, digits) => {
    expect(() => splitFrames(hex(digits))).toThrow(ConformanceFailure)
  })
})

describe('messages', () => {
  test.each([
    ['plain', 0, bytes('message')],
    ['zstd', ZSTD, zstdCompressSync(bytes('message'))],
    ['gzip', GZIP, gzipSync(bytes('message'))],
  ])('%s', (_, flags, body) => {
    expect(Buffer.from(messageOf({ flags, body })).toString()).toBe('message')
  })

  test('what does not decompress or decode is a finding', () => {
    const body = bytes('no message')
    for (const flags of [ZSTD, GZIP]) expect(() => messageOf({ flags, body })).toThrow(ConformanceFailure)
    expect(() => messageOf({ flags: ZSTD | GZIP, body: gzipSync(body) })).toThrow(ConformanceFailure)
    expect(() => ackOf({ flags: 0, body })).toThrow(ConformanceFailure)
    expect(() => batchOf({ flags: 0, body })).toThrow(ConformanceFailure)
  })

  test.each([
    ['zstd', ZSTD, zstdCompressSync(bytes('message'))],
    ['gzip', GZIP, gzipSync(bytes('message'))],
  ])('bytes behind what is compressed with %s are a finding', (_, flags, packed) => {
    const body = Buffer.concat([packed, bytes('x')])
    expect(() => messageOf({ flags, body })).toThrow(ConformanceFailure)
  })

  test('an acknowledgement', () => {
    const [ack] = splitFrames(hex('00000b000a0012020801' + '1a020801')).map(ackOf)
    const [start, end] = [0n, 1n].map((seqNum) => ({ seqNum, timestamp: 0n }))
    expect(ack).toEqual({ start, end, tail: end })
  })

  test('inputs one behind the other', () => {
    const inputs = [batch('a'), batch('b', 'c')]
    expect(inputFrames(...inputs)).toEqual(concat(...inputs.map(inputFrame)))
  })
})
