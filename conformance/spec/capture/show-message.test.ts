import { describe, expect, test } from 'vitest'
import { batch, record } from '../../../client/records.ts'
import { encodeAppendAck, encodeAppendInput } from '../../../proto/messages.ts'
import { showMessage } from './show-message.ts'
import { createStableValues, type StableValues } from './stable-values.ts'

const NOW = 1_800_000_000_000n

const stable = (): StableValues => {
  const facts = {
    namePrefix: 's2c-run123-',
    basin: 'my-basin',
    host: '127.0.0.1:1',
    began: NOW,
    from: NOW,
    to: NOW,
  }
  return createStableValues(facts)
}

describe('showMessage', () => {
  test('shows bytes and fields of the same stable message', () => {
    const at = { seqNum: 3n, timestamp: NOW }
    const shown = showMessage(encodeAppendAck({ start: at, end: at, tail: at }), 'AppendAck', stable())
    const epoch = { seqNum: 3n, timestamp: 1_767_225_600_000n }
    const bytes = encodeAppendAck({ start: epoch, end: epoch, tail: epoch })
    expect(shown.hex).toBe(Buffer.from(bytes).toString('hex'))
    expect(shown.fields).toContain('"start":{"seq_num":3,"timestamp":1767225600000}')
  })

  test('shows conditions by their names in s2.proto', () => {
    const input = { ...batch('a'), matchSeqNum: 7n, fencingToken: 't' }
    const { type, fields } = showMessage(encodeAppendInput(input), 'AppendInput', stable())
    expect(type).toBe('AppendInput')
    expect(fields).toBe('{"records":[{"body":"a"}],"match_seq_num":7,"fencing_token":"t"}')
  })

  test('shows bytes that are no message as they are', () => {
    const bytes = Uint8Array.of(0xff, 0xff)
    expect(showMessage(bytes, 'AppendInput', stable())).toEqual({ hex: 'ffff' })
  })

  test('keeps bytes that are a message in another than the canonical encoding', () => {
    const canonical = encodeAppendInput({ records: [record('a')] })
    // An unknown field 15 at the end.
    const bytes = Buffer.concat([canonical, Uint8Array.of(0x78, 0x01)])
    expect(showMessage(bytes, 'AppendInput', stable()).hex).toBe(bytes.toString('hex'))
  })
})
