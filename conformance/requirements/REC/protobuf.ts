import { fence, record } from '../../../client/records.ts'
import { frame } from '../../by-hand/frames.ts'
import { getRecords, postRecords, protobufAck, protobufBatch } from '../../by-hand/requests.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const protobuf: readonly Requirement[] = [
  requirement('REC-025', 'Protobuf messages', async ({ newStream, expect }) => {
    const stream = await newStream({ timestamping: { mode: 'client-prefer', uncapped: false } })
    // A record with timestamp 5, header a = b and body hi; and match_seq_num 0, which is a value.
    const first = hex('0a0e 0805 1206 0a0161 120162 1a026869 1000')
    const ack = await postRecords(stream, first, { ...PROTOBUF, accept: 'application/protobuf' })
    expect.ok(ack)
    const [start, end] = [
      { seqNum: 0n, timestamp: 5n },
      { seqNum: 1n, timestamp: 5n },
    ]
    expect.equal(protobufAck(ack), { start, end, tail: end }, 'ack')
    expect.refused(await postRecords(stream, first, PROTOBUF), 412, { seq_num_mismatch: 1n })
    // A fencing token that is empty is one too, and fits a stream without a fence.
    expect.ok(await postRecords(stream, hex('0a00 1001 1a00'), PROTOBUF))
    expect.ok(await stream.append({ records: [fence('x')] }))
    expect.refused(await postRecords(stream, hex('0a00 1a00'), PROTOBUF), 412, {
      fencing_token_mismatch: 'x',
    })
    expect.ok(await postRecords(stream, hex('0a00 1a0178'), PROTOBUF))
    const hi = record('hi', { headers: [['a', 'b']] })
    await expect.holds(stream, [hi, record(), fence('x'), record()])
    const read = await getRecords(stream, 'seq_num=0&count=1', { accept: 'application/protobuf' })
    expect.ok(read)
    expect.equal(protobufBatch(read).records, [{ ...start, ...hi }], 'the record as protobuf')
  }),

  requirement('REC-027', 'Acknowledgement positions always present', { on: APPENDERS }, async (context) => {
    const { newStream, expect } = context
    const stream = await newStream({ timestamping: { mode: 'client-prefer', uncapped: false } })
    const zeros = { records: [record('a', { timestamp: 0n })] }
    const first = expect.ok(await stream.append(zeros))
    const [zero, one, two] = [0n, 1n, 2n].map((seqNum) => ({ seqNum, timestamp: 0n }))
    expect.equal<unknown>(first, { start: zero, end: one, tail: one }, 'first ack')
    expect.equal<unknown>(
      expect.ok(await stream.append(zeros)),
      { start: one, end: two, tail: two },
      'second ack',
    )
    expect.equal<unknown>(expect.ok(await stream.checkTail()), two, 'tail')
  }),

  onStream('REC-026', 'Protobuf decoding errors', async ({ stream, expect }) => {
    for (const body of NOT_APPEND_INPUTS) {
      expect.refused(await postRecords(stream, body, PROTOBUF), 400, 'bad_proto')
      const session = await stream.over('s2s').openAppend()
      await session.sendBytes(frame(body))
      session.closeSending()
      expect.refused(await session.next(), 400, 'bad_frame')
    }
    await expect.tail(stream, 0n)
    // Unknown fields are skipped, in the input and in the record; of a number given twice the last counts.
    expect.ok(await postRecords(stream, hex('7801 0a07 1a0161 7a0200ff 7a0101 1007 1000'), PROTOBUF))
    await expect.holds(stream, [record('a')])
  }),
]

const PROTOBUF = { 'content-type': 'application/protobuf' }

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

const NOT_APPEND_INPUTS = [
  hex('ffffffffffffffffffffffff'),
  hex('7b22 7265'),
  hex('0a05 1a0161'),
  hex('0a'),
  hex('10'),
  hex('0a03 1a0161 1a02fffe'),
  hex('0a03 1a0161 1201 00'),
  hex('0801'),
  hex('0a02 1805'),
  hex('0a03 1a0161 10ffffffffffffffffffff01'),
  hex('00'),
]
