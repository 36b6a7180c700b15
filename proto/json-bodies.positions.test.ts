import { describe, expect, test } from 'vitest'
import { appendAckFromJson, appendAckToJson, tailFromJson, tailToJson } from './json-bodies.ts'
import { valueOrWireError } from './testing.ts'

describe('positions', () => {
  const zero = { seqNum: 0n, timestamp: 0n }

  test('an acknowledgement', () => {
    const json =
      '{"start":{"seq_num":0,"timestamp":0},"end":{"seq_num":1,"timestamp":7},"tail":{"seq_num":9007199254740993,"timestamp":7}}'
    const ack = {
      start: zero,
      end: { seqNum: 1n, timestamp: 7n },
      tail: { seqNum: 9_007_199_254_740_993n, timestamp: 7n },
    }
    expect(appendAckFromJson(json)).toStrictEqual(ack)
    expect(appendAckToJson(ack)).toBe(json)
  })

  test.each(['start', 'end', 'tail'])('an acknowledgement without %s is bad_json (REC-027)', (key) => {
    const whole = JSON.parse(appendAckToJson({ start: zero, end: zero, tail: zero }))
    const json = JSON.stringify({ ...whole, [key]: undefined })
    expect(valueOrWireError(() => appendAckFromJson(json))).toMatchObject({ code: 'bad_json' })
  })

  test('a tail', () => {
    const json = '{"tail":{"seq_num":10,"timestamp":1000}}'
    expect(tailToJson({ seqNum: 10n, timestamp: 1000n })).toBe(json)
    expect(tailFromJson(json)).toStrictEqual({ seqNum: 10n, timestamp: 1000n })
    expect(valueOrWireError(() => tailFromJson('{"tail":null}'))).toMatchObject({ code: 'bad_json' })
  })
})
