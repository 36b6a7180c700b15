import { batch, record } from '../../../client/records.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import { ackOf, inputFrame, splitFrames } from '../../by-hand/frames.ts'
import { postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const appendMode: readonly Requirement[] = [
  onStream('RTE-015', 'Request media type selects the append mode', async ({ stream, expect }) => {
    for (const type of JSON_TYPES) {
      const body = JSON.stringify({ records: [{ body: type }] })
      expect.ok(await postRecords(stream, body, { 'content-type': type }))
    }
    for (const type of PROTOBUF_TYPES) {
      expect.ok(await postRecords(stream, encodeAppendInput(batch(type)), { 'content-type': type }))
    }
    for (const type of SESSION_TYPES) {
      const answer = await postRecords(stream, inputFrame(batch(type)), { 'content-type': type })
      expect.ok(answer)
      expect.header(answer, 'content-type', 's2s/proto')
      const numbers = splitFrames(answer.body).map((frame) => ackOf(frame).end.seqNum)
      expect.equal(numbers, [expect.ok(await stream.checkTail()).seqNum], `acks of the session of ${type}`)
    }
    const types = [...JSON_TYPES, ...PROTOBUF_TYPES, ...SESSION_TYPES]
    await expect.holds(
      stream,
      types.map((type) => record(type)),
    )
  }),

  onStream('RTE-016', 'Missing or unknown Content-Type on append', async ({ stream, expect }) => {
    const request = { method: 'POST', path: stream.recordsPath, body: '{"records":[{"body":"a"}]}' }
    expect.refused(await stream.raw({ ...request, without: ['content-type'] }), 400, 'bad_json')
    for (const type of OTHER_TYPES) {
      const headers = { 'content-type': type }
      expect.refused(await stream.raw({ ...request, headers }), 400, 'bad_json')
    }
    await expect.tail(stream, 0n)
  }),
]

const JSON_TYPES = [
  'application/json',
  'APPLICATION/JSON',
  'application/json; charset=utf-8',
  'application/vnd.example+json',
  'application/json, application/protobuf',
]

const PROTOBUF_TYPES = [
  'application/protobuf',
  'application/x-protobuf',
  'Application/Protobuf',
  'application/protobuf; messageType="s2.v1.AppendInput"',
  'application/x-protobuf, application/json',
]

const SESSION_TYPES = ['s2s/proto', 'S2S/Proto']

const OTHER_TYPES = [
  'text/plain',
  'application/octet-stream',
  'application/vnd.google.protobuf',
  'text/json',
  'nonsense',
  '',
  'text/plain, application/json',
]
