import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as sdk from '../node_modules/@s2-dev/streamstore/dist/esm/generated/proto/s2.js'
import { MAX_U64 } from './limits.ts'
import {
  decodeAppendAck,
  decodeAppendInput,
  decodeReadBatch,
  encodeAppendAck,
  encodeAppendInput,
  encodeReadBatch,
} from './messages.ts'
import {
  appendAck,
  appendInput,
  fromHex,
  readBatch,
  spoilt,
  toHex,
  u64,
  valueOrWireError,
} from './testing.ts'
import type { AppendInput } from './types.ts'

const none = new Uint8Array(0)
const emptyRecord = { headers: [], body: none }

describe('golden messages (S2S-009)', () => {
  test('one record with the body hi', () => {
    const input = { records: [{ headers: [], body: fromHex('68 69') }] }
    expect(decodeAppendInput(fromHex('0a 04 1a 02 68 69'))).toStrictEqual(input)
    expect(toHex(encodeAppendInput(input))).toBe('0a 04 1a 02 68 69')
  })

  test('match_seq_num 0 is written (REC-025)', () => {
    const input = { records: [emptyRecord], matchSeqNum: 0n }
    expect(decodeAppendInput(fromHex('0a 00 10 00'))).toStrictEqual(input)
    expect(toHex(encodeAppendInput(input))).toBe('0a 00 10 00')
  })

  test('an acknowledgement at the start of a stream (REC-027)', () => {
    const zero = { seqNum: 0n, timestamp: 0n }
    const one = { seqNum: 1n, timestamp: 0n }
    const ack = { start: zero, end: one, tail: one }
    expect(decodeAppendAck(fromHex('0a 00 12 02 08 01 1a 02 08 01'))).toStrictEqual(ack)
    expect(toHex(encodeAppendAck(ack))).toBe('0a 00 12 02 08 01 1a 02 08 01')
  })

  test('a heartbeat', () => {
    const heartbeat = { records: [], tail: { seqNum: 5n, timestamp: 9n } }
    expect(decodeReadBatch(fromHex('12 04 08 05 10 09'))).toStrictEqual(heartbeat)
    expect(toHex(encodeReadBatch(heartbeat))).toBe('12 04 08 05 10 09')
  })
})

describe('round trips', () => {
  test('AppendInput', () => {
    fc.assert(
      fc.property(appendInput(), (input) => {
        expect(decodeAppendInput(encodeAppendInput(input))).toStrictEqual(input)
      }),
    )
  })

  test('AppendAck', () => {
    fc.assert(
      fc.property(appendAck, (ack) => {
        expect(decodeAppendAck(encodeAppendAck(ack))).toStrictEqual(ack)
      }),
    )
  })

  test('ReadBatch', () => {
    fc.assert(
      fc.property(readBatch(), (batch) => {
        expect(decodeReadBatch(encodeReadBatch(batch))).toStrictEqual(batch)
      }),
    )
  })

  test('from inside a larger Buffer, as sockets give it', () => {
    const encoded = encodeAppendInput({
      records: [{ headers: [], body: fromHex('01 02') }],
      matchSeqNum: MAX_U64,
    })
    const buffer = Buffer.concat([Buffer.from('xx'), encoded, Buffer.from('yy')])
    const decoded = decodeAppendInput(buffer.subarray(2, 2 + encoded.length))
    expect(decoded).toStrictEqual({
      records: [{ headers: [], body: fromHex('01 02') }],
      matchSeqNum: MAX_U64,
    })
  })

  test.each([0n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, MAX_U64])('%d stands for itself', (value) => {
    const input = { records: [{ timestamp: value, ...emptyRecord }], matchSeqNum: value }
    expect(decodeAppendInput(encodeAppendInput(input))).toStrictEqual(input)
  })
})

describe('presence', () => {
  test.each<[string, Partial<AppendInput>]>([
    ['nothing', {}],
    ['an empty token', { fencingToken: '' }],
    ['number 0', { matchSeqNum: 0n }],
    ['both', { matchSeqNum: 0n, fencingToken: '' }],
  ])('%s comes back as it was', (_name, conditions) => {
    const input = { records: [], ...conditions }
    expect(decodeAppendInput(encodeAppendInput(input))).toStrictEqual(input)
  })

  test('a timestamp of 0 is not the same as none', () => {
    const input = { records: [{ timestamp: 0n, ...emptyRecord }, emptyRecord] }
    expect(decodeAppendInput(encodeAppendInput(input))).toStrictEqual(input)
  })

  test('a tail of zeros is not the same as none', () => {
    const batch = { records: [], tail: { seqNum: 0n, timestamp: 0n } }
    expect(decodeReadBatch(encodeReadBatch(batch))).toStrictEqual(batch)
    expect(decodeReadBatch(none)).toStrictEqual({ records: [] })
  })
})

describe('what is no message is bad_proto (REC-026)', () => {
  test.each([
    ['a truncated length', '0a'],
    ['a truncated record', '0a 05 1a 02 68 69'],
    ['a record longer than its message', '0a 04 1a 03 68 69'],
    ['a truncated varint', '10 ff'],
    ['a varint of eleven bytes', '10 ff ff ff ff ff ff ff ff ff ff 01'],
    ['records as a varint', '08 01'],
    ['match_seq_num as bytes', '12 01 00'],
    ['match_seq_num as fixed64', '11 00 00 00 00 00 00 00 00'],
    ['fencing_token as a varint', '18 01'],
    ['a header as a varint, inside a record', '0a 02 10 01'],
    ['a header name as a varint', '0a 04 12 02 08 01'],
    ['a fencing token that is not UTF-8', '1a 02 ff fe'],
    ['a long fencing token that is not UTF-8', `1a 46 ${'61 '.repeat(69)}ff`],
    ['a known field as a group', '0b 0c'],
    ['a group that does not end', '23 20 01'],
    ['the end of a group that did not begin', '0c'],
    ['wire type 6', '26 00'],
    ['field number 0', '00 01'],
  ])('%s', (_name, hex) => {
    expect(valueOrWireError(() => decodeAppendInput(fromHex(hex)))).toMatchObject({ code: 'bad_proto' })
  })

  test.each([
    ['start', '12 00 1a 00'],
    ['end', '0a 00 1a 00'],
    ['tail', '0a 00 12 00'],
  ])('an acknowledgement without %s', (_name, hex) => {
    expect(valueOrWireError(() => decodeAppendAck(fromHex(hex)))).toMatchObject({ code: 'bad_proto' })
  })

  test.each([
    ['a record as a varint', '08 01'],
    ['a number as bytes', '0a 02 0a 00'],
    ['a tail with a timestamp of the wrong type', '12 02 12 00'],
  ])('a batch with %s', (_name, hex) => {
    expect(valueOrWireError(() => decodeReadBatch(fromHex(hex)))).toMatchObject({ code: 'bad_proto' })
  })
})

describe('what is skipped or merged', () => {
  test.each([
    ['a varint', '20 01'],
    ['bytes', '22 02 ff ff'],
    ['fixed32', '25 00 00 00 00'],
    ['fixed64', '21 00 00 00 00 00 00 00 00'],
    ['a group', '23 28 01 24'],
  ])('an unknown field that is %s', (_name, hex) => {
    expect(decodeAppendInput(fromHex(`${hex} 10 07 ${hex}`))).toStrictEqual({ records: [], matchSeqNum: 7n })
  })

  test('an unknown field inside a record', () => {
    expect(decodeAppendInput(fromHex('0a 04 20 01 08 07'))).toStrictEqual({
      records: [{ timestamp: 7n, ...emptyRecord }],
    })
  })

  test('the last of a repeated scalar wins', () => {
    expect(decodeAppendInput(fromHex('10 07 10 00'))).toStrictEqual({ records: [], matchSeqNum: 0n })
  })
})

describe('what cannot be written is refused', () => {
  test.each([-1n, MAX_U64 + 1n])('the number %d', (matchSeqNum) => {
    expect(valueOrWireError(() => encodeAppendInput({ records: [], matchSeqNum }))).toMatchObject({
      code: 'invalid',
    })
  })

  test('a fencing token with a lone surrogate', () => {
    const input = { records: [], fencingToken: 'a\ud800' }
    expect(valueOrWireError(() => encodeAppendInput(input))).toMatchObject({ code: 'invalid' })
  })
})

describe('hostile bytes give a value or a WireError', () => {
  const decoders = [decodeAppendInput, decodeAppendAck, decodeReadBatch]
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    spoilt(appendInput().map(encodeAppendInput)),
    spoilt(appendAck.map(encodeAppendAck)),
    spoilt(readBatch().map(encodeReadBatch)),
  )

  test('random and spoilt messages', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        for (const decode of decoders) valueOrWireError<unknown>(() => decode(bytes))
      }),
      { numRuns: 2000 },
    )
  })

  test('a frame full of unknown fields, and one of empty records', () => {
    const unknown = new Uint8Array(2_097_150).map((_, at) => (at % 2 === 0 ? 0x20 : 0x01))
    expect(decodeAppendInput(unknown)).toStrictEqual({ records: [] })
    const records = new Uint8Array(2_097_150).map((_, at) => (at % 2 === 0 ? 0x0a : 0x00))
    expect(decodeAppendInput(records).records).toHaveLength(1_048_575)
  })
})

describe('the messages of the official TypeScript SDK', () => {
  test('it reads what we write, and we read what it writes: AppendInput', () => {
    fc.assert(
      fc.property(appendInput(), (input) => {
        expect(sdk.AppendInput.fromBinary(encodeAppendInput(input))).toEqual(input)
        expect(
          decodeAppendInput(
            sdk.AppendInput.toBinary(sdk.AppendInput.create(structuredClone(input) as object)),
          ),
        ).toEqual(input)
      }),
    )
  })

  test('AppendAck', () => {
    fc.assert(
      fc.property(appendAck, (ack) => {
        expect(sdk.AppendAck.fromBinary(encodeAppendAck(ack))).toEqual(ack)
        expect(decodeAppendAck(sdk.AppendAck.toBinary(ack))).toEqual(ack)
      }),
    )
  })

  test('ReadBatch', () => {
    fc.assert(
      fc.property(readBatch(), (batch) => {
        expect(sdk.ReadBatch.fromBinary(encodeReadBatch(batch))).toEqual(batch)
        expect(
          decodeReadBatch(sdk.ReadBatch.toBinary(sdk.ReadBatch.create(structuredClone(batch) as object))),
        ).toEqual(batch)
      }),
    )
  })

  test('every 64-bit number', () => {
    fc.assert(
      fc.property(u64, (seqNum) => {
        const batch = { records: [], tail: { seqNum, timestamp: 0n } }
        expect(sdk.ReadBatch.fromBinary(encodeReadBatch(batch)).tail?.seqNum).toBe(seqNum)
      }),
    )
  })
})
