import type { Answer } from '../../../client/answer.ts'
import { batch, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { frame } from '../../by-hand/frames.ts'
import { getRecords, getTail, postRecords } from '../../by-hand/requests.ts'
import type { CheckContext } from '../../check/context.ts'

/** Something wrong that can be asked of a stream which holds records, with no effect on it. */
export interface Provocation {
  readonly what: string
  /** Status, and code or key of the body, of the refusals that are right. */
  readonly outcomes: readonly string[]
  ask(stream: StreamClient, context: CheckContext): Promise<Answer<unknown>>
}

/** The stream is fenced with `token`; its tail is below 1000. */
export const PROVOCATIONS: readonly Provocation[] = [
  json('syntax', ['400 bad_json'], '{'),
  json('shape', ['400 bad_json'], '{"records":7}'),
  json('no records', ['422 invalid'], '{"records":[]}'),
  json('an unknown command', ['422 invalid'], '{"records":[{"body":"x"},{"headers":[["","x"]]}]}'),
  json('a wrong number', ['412 seq_num_mismatch'], '{"records":[{}],"match_seq_num":1000}'),
  json('a wrong token', ['412 fencing_token_mismatch'], '{"records":[{}],"fencing_token":"other"}'),
  {
    what: 'an unknown format',
    outcomes: ['400 bad_header'],
    ask: (stream) => postRecords(stream, '{"records":[{}]}', { 's2-format': 'x' }),
  },
  {
    what: 'no JSON',
    outcomes: ['400 bad_json'],
    ask: (stream) => postRecords(stream, '{"records":[{}]}', { 'content-type': 'text/plain' }),
  },
  {
    what: 'no protobuf',
    outcomes: ['400 bad_proto'],
    ask: (stream) => postRecords(stream, 'x', { 'content-type': 'application/protobuf' }),
  },
  { what: 'no frame', outcomes: ['400 bad_frame'], ask: (stream) => session(stream, Uint8Array.of(0, 0, 0)) },
  {
    what: 'no message in a frame',
    outcomes: ['400 bad_proto', '400 bad_frame'],
    ask: (stream) => session(stream, frame(Uint8Array.of(0x0a))),
  },
  {
    what: 'no records in a frame',
    outcomes: ['422 invalid'],
    ask: (stream) => session(stream, frame(Uint8Array.of())),
  },
  {
    what: 'a wrong number in a session',
    outcomes: ['412 seq_num_mismatch'],
    ask: (stream) => stream.over('s2s').append({ ...batch('x'), matchSeqNum: 1000n }),
  },
  {
    what: 'too much',
    outcomes: ['422 invalid'],
    ask: (stream) => stream.over('protobuf').append({ records: [record('x'.repeat(1_048_569))] }),
  },
  read('an unreadable query', ['400 bad_query'], 'seq_num=x'),
  read('two selectors', ['422 invalid'], 'seq_num=0&tail_offset=0'),
  read('a number beyond the tail', ['416 tail'], 'seq_num=1000'),
  {
    what: 'an unknown format of a read',
    outcomes: ['400 bad_header'],
    ask: (stream) => getRecords(stream, 'seq_num=0', { 's2-format': 'x' }),
  },
  {
    what: 'an unknown stream',
    outcomes: ['404 stream_not_found'],
    ask: (_, context) => getTail(unknownStream(context)),
  },
  {
    what: 'an append to an unknown stream',
    outcomes: ['404 stream_not_found'],
    ask: (_, context) => unknownStream(context).append(batch('x')),
  },
  {
    what: 'an unknown basin',
    outcomes: ['404 basin_not_found'],
    ask: (stream, { account, newBasinName }) =>
      account.basin(newBasinName()).stream(stream.name).append(batch('x')),
  },
  {
    what: 'the creation of a stream that exists',
    outcomes: ['409 resource_already_exists'],
    ask: (stream, { basin }) => basin.createStream(stream.name),
  },
]

function json(what: string, outcomes: readonly string[], body: string): Provocation {
  return { what, outcomes, ask: (stream) => postRecords(stream, body) }
}

function read(what: string, outcomes: readonly string[], query: string): Provocation {
  return { what, outcomes, ask: (stream) => getRecords(stream, query) }
}

const unknownStream = ({ basin, newStreamName }: CheckContext): StreamClient => basin.stream(newStreamName())

async function session(stream: StreamClient, bytes: Uint8Array): Promise<Answer<unknown>> {
  const open = await stream.over('s2s').openAppend()
  await open.sendBytes(bytes)
  open.closeSending()
  return await open.next()
}
