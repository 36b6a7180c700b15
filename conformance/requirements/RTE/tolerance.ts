import { batch, record } from '../../../client/records.ts'
import { getRecords, getTail, postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'

export const tolerance: readonly Requirement[] = [
  requirement(
    'RTE-035',
    'Stream configuration header for auto-creation',
    { needs: ['basins'] },
    async ({ newBasin, newStreamName, expect, record: note }) => {
      const basin = await newBasin({ create_stream_on_append: true })
      const headers = { 's2-stream-config': '{"retention_policy":{"age":86400}}' }
      const stream = basin.stream(newStreamName())
      expect.ok(await stream.append(batch('a'), { headers }))
      expect.ok(
        await stream.append(batch('b'), {
          headers: { 's2-stream-config': '{"retention_policy":{"age":3600}}' },
        }),
      )
      expect.records(expect.ok(await stream.read({ seqNum: 0n })).records, 0n, [record('a'), record('b')])
      const { retention_policy: retention } = expect.ok(await basin.getStreamConfig(stream.name))
      const age = expect.present(retention ?? undefined, 'retention_policy')
      note('age' in age && BigInt(age.age) === 86_400n ? 'the header was used' : 'the header was ignored')
    },
  ),

  onStream('RTE-036', 'Trailing details clients rely on', async ({ stream, expect }) => {
    const protobuf = { 'content-type': 'application/protobuf', accept: 'application/protobuf' }
    expect.status(await postRecords(stream, '{"records":[{"body":"a"}]}'), 200)
    expect.status(await postRecords(stream, Uint8Array.of(0x0a, 0x00), protobuf), 200)
    expect.status(await getRecords(stream, 'seq_num=0'), 200)
    expect.status(await getRecords(stream, 'seq_num=0', { accept: 'application/protobuf' }), 200)
    expect.status(await getTail(stream), 200)
    const curious = {
      'user-agent': 'x',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }
    expect.status(await getTail(stream, { ...curious, 'x-request-id': '1' }), 200)
    expect.records(expect.ok(await stream.read({ seqNum: 0n })).records, 0n, [record('a'), record()])
  }),
]
