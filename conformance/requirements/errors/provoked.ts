import type { CheckContext } from '../../context.ts'
import { batch, record } from '../../records.ts'
import type { Answer } from '../../target/answer.ts'
import type { StreamClient } from '../../target/stream-client.ts'
import { getRecords, getTail, postRecords } from '../http/requests.ts'
import { frame } from '../s2s/frames.ts'

/** Something wrong that can be asked of a stream which holds records, with no effect on it. */
export interface Provocation {
  readonly what: string
  ask(stream: StreamClient, context: CheckContext): Promise<Answer<unknown>>
}

/** The stream is fenced with `token`; its tail is below 1000. */
export const PROVOCATIONS: readonly Provocation[] = [
  json('syntax', '{'),
  json('shape', '{"records":7}'),
  json('no records', '{"records":[]}'),
  json('an unknown command', '{"records":[{"body":"x"},{"headers":[["","x"]]}]}'),
  json('a wrong number', '{"records":[{}],"match_seq_num":1000}'),
  json('a wrong token', '{"records":[{}],"fencing_token":"other"}'),
  {
    what: 'an unknown format',
    ask: (stream) => postRecords(stream, '{"records":[{}]}', { 's2-format': 'x' }),
  },
  {
    what: 'no JSON',
    ask: (stream) => postRecords(stream, '{"records":[{}]}', { 'content-type': 'text/plain' }),
  },
  {
    what: 'no protobuf',
    ask: (stream) => postRecords(stream, 'x', { 'content-type': 'application/protobuf' }),
  },
  { what: 'no frame', ask: (stream) => session(stream, Uint8Array.of(0, 0, 0)) },
  { what: 'no message in a frame', ask: (stream) => session(stream, frame(Uint8Array.of(0x0a))) },
  { what: 'no records in a frame', ask: (stream) => session(stream, frame(Uint8Array.of())) },
  {
    what: 'a wrong number in a session',
    ask: (stream) => stream.over('s2s').append({ ...batch('x'), matchSeqNum: 1000n }),
  },
  {
    what: 'too much',
    ask: (stream) => stream.over('protobuf').append({ records: [record('x'.repeat(1_048_569))] }),
  },
  read('an unreadable query', 'seq_num=x'),
  read('two selectors', 'seq_num=0&tail_offset=0'),
  read('a number beyond the tail', 'seq_num=1000'),
  {
    what: 'an unknown format of a read',
    ask: (stream) => getRecords(stream, 'seq_num=0', { 's2-format': 'x' }),
  },
  { what: 'an unknown stream', ask: (_, context) => getTail(unknownStream(context)) },
  { what: 'an append to an unknown stream', ask: (_, context) => unknownStream(context).append(batch('x')) },
  {
    what: 'an unknown basin',
    ask: (stream, { account, newBasinName }) =>
      account.basin(newBasinName()).stream(stream.name).append(batch('x')),
  },
  {
    what: 'the creation of a stream that exists',
    ask: (stream, { basin }) => basin.createStream(stream.name),
  },
]

function json(what: string, body: string): Provocation {
  return { what, ask: (stream) => postRecords(stream, body) }
}

function read(what: string, query: string): Provocation {
  return { what, ask: (stream) => getRecords(stream, query) }
}

const unknownStream = ({ basin, newStreamName }: CheckContext): StreamClient => basin.stream(newStreamName())

async function session(stream: StreamClient, bytes: Uint8Array): Promise<Answer<unknown>> {
  const open = await stream.over('s2s').openAppend()
  await open.sendBytes(bytes)
  open.closeSending()
  return await open.next()
}
