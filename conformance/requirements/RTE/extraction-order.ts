import { batch, fence } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'

export const extractionOrder: readonly Requirement[] = [
  requirement('RTE-031', 'Order of extraction checks, read', async ({ basin, newStreamName, expect }) => {
    const unknown = basin.stream(newStreamName()).recordsPath
    const badPath = '/streams/%FF/records'
    const badQuery = 'seq_num=x&timestamp=5&until=5'
    const twoSelectors = 'seq_num=0&timestamp=5&until=5'
    for (const kind of [{}, SSE, SESSION]) {
      const faulty = { ...kind, 's2-format': 'hex', 'last-event-id': 'x', 's2-encryption-key': TOO_LONG_KEY }
      const first = { method: 'GET', path: `${badPath}?${badQuery}`, headers: faulty }
      expect.refused(await basin.raw({ ...first, without: ['s2-basin'] }), 400, 'bad_header')
      expect.refused(await basin.raw(first), 400, 'bad_path')
      expect.refused(await basin.raw({ ...first, path: `${unknown}?${badQuery}` }), 400, 'bad_query')
      expect.refused(await basin.raw({ ...first, path: `${unknown}?seq_num=0&until=x` }), 400, 'bad_query')
      expect.refused(await basin.raw({ ...first, path: `${unknown}?${twoSelectors}` }), 400, 'bad_header')
    }
    for (const kind of [
      { 's2-format': 'hex' },
      { ...SSE, 's2-format': 'hex' },
      { ...SSE, 'last-event-id': 'x' },
    ]) {
      const read = { method: 'GET', path: `${unknown}?${twoSelectors}`, headers: kind }
      expect.refused(await basin.raw(read), 400, 'bad_header')
    }
    const sessionWithFormat = { ...SESSION, 's2-format': 'hex', 'last-event-id': 'x' }
    for (const headers of [{}, SSE, sessionWithFormat]) {
      const read = { method: 'GET', headers }
      expect.refused(await basin.raw({ ...read, path: `${unknown}?${twoSelectors}` }), 422, 'invalid')
      expect.refused(await basin.raw({ ...read, path: `${unknown}?timestamp=5&until=5` }), 422, 'invalid')
      expect.refused(await basin.raw({ ...read, path: `${unknown}?seq_num=9` }), 404, 'stream_not_found')
    }
  }),

  requirement('RTE-032', 'Order of extraction checks, append', async (context) => {
    const { basin, newStream, newStreamName, expect } = context
    const unknown = basin.stream(newStreamName()).recordsPath
    const key = { 's2-encryption-key': TOO_LONG_KEY }
    const format = { 's2-format': 'hex' }
    const faulty = { method: 'POST', path: '/streams/%FF/records', headers: { ...key, ...format }, body: '{' }
    expect.refused(await basin.raw({ ...faulty, without: ['s2-basin'] }), 400, 'bad_header')
    expect.refused(await basin.raw(faulty), 400, 'bad_path')
    const append = { ...faulty, path: unknown }
    for (const headers of [key, format, { ...key, ...PROTOBUF }]) {
      expect.refused(await basin.raw({ ...append, headers }), 400, 'bad_header')
    }
    expect.refused(await basin.raw({ ...append, headers: {} }), 400, 'bad_json')
    expect.refused(await basin.raw({ ...append, headers: PROTOBUF }), 400, 'bad_proto')
    expect.refused(await basin.raw({ ...append, headers: {}, body: '{"records":[]}' }), 422, 'invalid')
    expect.refused(
      await basin.raw({ ...append, headers: {}, body: '{"records":[{}]}' }),
      404,
      'stream_not_found',
    )

    const stream = await newStream({ timestamping: { mode: 'client-require' } })
    expect.ok(await stream.append({ records: [fence('token', 1n)] }))
    const untimed = batch('a')
    const wrongNumber = { ...untimed, matchSeqNum: 9n }
    const wrongToken = await stream.append({ ...wrongNumber, fencingToken: 'other' })
    expect.refused(wrongToken, 412, { fencing_token_mismatch: 'token' })
    expect.refused(await stream.append({ ...wrongNumber, fencingToken: 'token' }), 412, {
      seq_num_mismatch: 1n,
    })
    expect.refused(
      await stream.append({ ...untimed, matchSeqNum: 1n, fencingToken: 'token' }),
      422,
      'invalid',
    )
    await expect.tail(stream, 1n)
  }),
]

/** Longer than the 44 characters that a key can have. */
const TOO_LONG_KEY = 'A'.repeat(45)

const PROTOBUF = { 'content-type': 'application/protobuf' }

const SSE = { accept: 'text/event-stream' }

const SESSION = { 'content-type': 's2s/proto' }
