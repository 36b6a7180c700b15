import { batch, record } from '../../../client/records.ts'
import { getRecords, jsonBatch } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const query: readonly Requirement[] = [
  onStream('RTE-033', 'Unknown query parameters and repeated parameters', async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('a', 'b')))
    for (const query of ['foo=bar', 'foo=1&foo=2', 'SEQ_NUM=0', 'foo', '&&']) {
      const read = await getRecords(stream, `seq_num=1&${query}`)
      expect.ok(read)
      expect.records(jsonBatch(read).records, 1n, [record('b')])
    }
    for (const headers of ALL_KINDS) {
      for (const query of REPEATED) {
        expect.refused(await getRecords(stream, query, headers), 400, 'bad_query')
      }
    }
  }),

  onStream('RTE-034', 'Query value syntax', async ({ stream, expect, record: note }) => {
    expect.ok(await stream.append(batch('a', 'b')))
    for (const query of UNREADABLE) expect.refused(await getRecords(stream, query), 400, 'bad_query')
    for (const headers of ALL_KINDS) {
      expect.refused(await getRecords(stream, 'seq_num=abc', headers), 400, 'bad_query')
      expect.refused(await getRecords(stream, 'seq_num=0&wait=-1', headers), 400, 'bad_query')
    }
    for (const query of READABLE) {
      const read = await getRecords(stream, query)
      expect.ok(read)
      expect.records(jsonBatch(read).records, 0n, [record('a'), record('b')])
    }
    for (const query of BEYOND) {
      const tail = expect.ok(await stream.checkTail())
      expect.refused(await getRecords(stream, query), 416, { tail })
    }
    note(`a leading plus sign: ${(await getRecords(stream, 'seq_num=%2B0')).status}`)
  }),
]

/** Unary, SSE and S2S. */
const ALL_KINDS = [{}, { accept: 'text/event-stream' }, { 'content-type': 's2s/proto' }]

const REPEATED = [
  'seq_num=0&seq_num=0',
  'seq_num=0&seq_num=1',
  'timestamp=0&timestamp=0',
  'tail_offset=1&tail_offset=1',
  'seq_num=0&clamp=true&clamp=true',
  'seq_num=0&count=1&count=2',
  'seq_num=0&bytes=9&bytes=9',
  'seq_num=0&until=9&until=9',
  'seq_num=0&wait=0&wait=0',
]

const UNREADABLE = [
  'seq_num=-1',
  'seq_num=abc',
  'seq_num=',
  'seq_num',
  'seq_num=1e0',
  'seq_num=0x0',
  'seq_num=%200',
  'seq_num=18446744073709551616',
  'timestamp=1.0',
  'timestamp=18446744073709551616',
  'tail_offset=-1',
  'tail_offset=18446744073709551616',
  'seq_num=0&count=1.5',
  'seq_num=0&count=-1',
  'seq_num=0&bytes=abc',
  'seq_num=0&bytes=-1',
  'seq_num=0&until=-1',
  'seq_num=0&until=18446744073709551616',
  'seq_num=0&clamp=1',
  'seq_num=0&clamp=TRUE',
  'seq_num=0&clamp=',
  'seq_num=0&wait=-1',
  'seq_num=0&wait=4294967296',
]

/** Each of them reads the whole stream. */
const READABLE = [
  'seq_num=0&clamp=true',
  'seq_num=0&clamp=false',
  'seq_num=0&wait=4294967295',
  'seq_num=0&until=18446744073709551615',
  'tail_offset=18446744073709551615',
]

const BEYOND = ['seq_num=18446744073709551615', 'timestamp=18446744073709551615']
