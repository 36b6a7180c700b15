import { expect, test } from 'vitest'
import { HEAD_BYTES } from '../../proto/frames.ts'
import { decodeAppendInput } from '../../proto/messages.ts'
import { createFiller } from '../verify/filler.ts'
import { BatchEncoder } from './batch-encoder.ts'
import { jsonOf } from './json-batch.ts'

test('a batch is the same in JSON', () => {
  const encoded = new BatchEncoder({
    tag: 4242,
    filler: createFiller(3, 100, 0),
    headers: [[Buffer.from('n'), Buffer.from('v')]],
  }).encode([40, 50], 1, 0, 7)
  const { records } = decodeAppendInput(encoded.subarray(HEAD_BYTES))
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  expect(JSON.parse(jsonOf(encoded))).toEqual({
    records: records.map(({ headers, body }) => ({
      headers: headers.map(({ name, value }) => [base64(name), base64(value)]),
      body: base64(body),
    })),
  })
})
