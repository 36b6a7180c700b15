import { batch } from '../../../client/records.ts'
import { getRecords, postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'

export const codes: readonly Requirement[] = [
  onStream('ERR-004', '`bad_header`', async ({ stream, expect }) => {
    const format = { 's2-format': 'hex' }
    const key = { 's2-encryption-key': 'A'.repeat(45) }
    const events = { accept: 'text/event-stream' }
    for (const headers of [format, key]) {
      expect.refused(await postRecords(stream, '{"records":[{}]}', headers), 400, 'bad_header')
      expect.refused(await getRecords(stream, 'seq_num=0&count=1', headers), 400, 'bad_header')
      expect.refused(await getRecords(stream, 'seq_num=0', { ...headers, ...events }), 400, 'bad_header')
    }
    const resumed = await getRecords(stream, 'seq_num=0', { ...events, 'last-event-id': 'nonsense' })
    expect.refused(resumed, 400, 'bad_header')
    await expect.tail(stream, 0n)
  }),

  onStream('ERR-005', '`bad_json`', async ({ stream, basin, newStreamName, expect }) => {
    for (const body of ['', '{', 'nonsense', '{"records":[{"body":"x"}]}}']) {
      expect.refused(await postRecords(stream, body), 400, 'bad_json')
    }
    const fine = '{"records":[{}]}'
    expect.refused(await postRecords(stream, fine, { 'content-type': 'text/plain' }), 400, 'bad_json')
    expect.refused(await postRecords(stream, fine, { 'content-encoding': 'gzip' }), 400, 'bad_json')
    expect.refused(await postRecords(stream, fine.padEnd(2_097_153)), 400, 'bad_json')
    await expect.tail(stream, 0n)
    const name = newStreamName()
    const create = { method: 'POST', path: '/streams', body: `{"stream":"${name}"` }
    expect.refused(await basin.raw(create), 400, 'bad_json')
    expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
  }),

  onStream('ERR-007', '`bad_proto`', async ({ stream, expect }) => {
    for (const type of ['application/protobuf', 'application/x-protobuf']) {
      for (const body of [Uint8Array.of(0x0a, 0x05, 0x1a), Uint8Array.of(0xff, 0xff), '{"records":[{}]}']) {
        expect.refused(await postRecords(stream, body, { 'content-type': type }), 400, 'bad_proto')
      }
      const packed = { 'content-type': type, 'content-encoding': 'zstd' }
      expect.refused(await postRecords(stream, Uint8Array.of(0x0a, 0x00), packed), 400, 'bad_proto')
    }
    await expect.tail(stream, 0n)
  }),

  requirement('ERR-014', '`invalid`', async ({ newStream, expect }) => {
    const stream = await newStream({ timestamping: { mode: 'client-require' } })
    for (const transport of ['json', 'base64', 'protobuf', 's2s'] as const) {
      const appender = stream.over(transport)
      expect.refused(await appender.append({ records: [] }), 422, 'invalid')
      expect.refused(await appender.append(batch('without a timestamp')), 422, 'invalid')
    }
    for (const transport of ['json', 'protobuf', 'sse', 's2s'] as const) {
      const reader = stream.over(transport)
      expect.refused(await reader.read({ seqNum: 0n, timestamp: 0n }), 422, 'invalid')
      expect.refused(await reader.read({ timestamp: 5n, until: 5n }), 422, 'invalid')
    }
    await expect.tail(stream, 0n)
  }),
]
