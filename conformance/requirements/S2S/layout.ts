import { batch, record } from '../../../client/records.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import {
  ackOf,
  batchOf,
  COMPRESSION,
  concat,
  frame,
  inputFrames,
  messageOf,
  RECONNECT_ADVISED,
  type SeenFrame,
  TERMINAL,
} from '../../by-hand/frames.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { FRAMES } from '../transports.ts'
import { acksOf, failedSession, framesOf, getFrames, postFrames, terminalOf } from './raw-session.ts'
import { expectAcksInOrder, numbered, recordsOf } from './session.ts'

/** Bits 3 to 0, which carry no meaning yet. */
const RESERVED = 0x0f

export const layout: readonly Requirement[] = [
  onStream('S2S-005', 'Length prefix', { on: FRAMES }, async ({ stream, expect }) => {
    // Lengths that need one, two and three bytes, so that each byte of the prefix counts.
    const bodies = [0, 200, 255, 256, 65_535, 65_536, 700_000]
    const inputs = bodies.map((size) => ({ records: [record(new Uint8Array(size).fill(0x61))] }))
    expectAcksInOrder(expect, acksOf(expect, await postFrames(stream, inputFrames(...inputs))), inputs, 0n)
    for (const [index, input] of inputs.entries()) {
      const frames = framesOf(expect, await getFrames(stream, `?seq_num=${index}&count=1`))
      expect.records(recordsIn(frames), BigInt(index), input.records)
    }
    await expect.holds(
      stream.over('protobuf'),
      inputs.flatMap(({ records }) => records),
    )
  }),

  onStream('S2S-006', 'Flag byte', { on: FRAMES }, async ({ stream, expect }) => {
    const failing = { ...batch('x'), matchSeqNum: 9n }
    const inputs = numbered('a', 3)
    const session = framesOf(expect, await postFrames(stream, inputFrames(...inputs, failing)))
    const flags = session.map((seen) => seen.flags & ~RECONNECT_ADVISED)
    expect.equal(flags, [0, 0, 0, TERMINAL], 'flag bytes of three acks and a terminal frame')
    expectAcksInOrder(expect, session.slice(0, 3).map(ackOf), inputs, 0n)
    const read = framesOf(expect, await getFrames(stream, '?seq_num=0&wait=0'))
    for (const seen of read)
      expect.equal(seen.flags & (TERMINAL | RESERVED | COMPRESSION), 0, 'flag bits of a batch')
    const sent = recordsOf(inputs)
    expect.records(recordsIn(read), 0n, sent)
    // The same of a session that may compress: compression 3 is none, the other bits stay clear.
    const large = { records: [record('y'.repeat(20_000))] }
    expect.ok(await stream.over('s2s').append(large))
    const headers = { 'accept-encoding': 'zstd, gzip' }
    const packed = framesOf(expect, await getFrames(stream, '?seq_num=0&wait=0', headers))
    for (const seen of packed) {
      expect.equal(seen.flags & (TERMINAL | RESERVED), 0, 'flag bits of a batch beside its compression')
      expect.that((seen.flags & COMPRESSION) !== COMPRESSION, 'compression is none, zstd or gzip', seen.flags)
    }
    expect.records(recordsIn(packed), 0n, [...sent, ...large.records])
  }),

  onStream('S2S-007', 'Regular body', { on: FRAMES }, async ({ stream, expect }) => {
    const input = { records: [record('a'.repeat(3000), { headers: [['h', 'v']], timestamp: 7n })] }
    const [ack, ...more] = framesOf(expect, await postFrames(stream, frame(encodeAppendInput(input))))
    expect.equal(more.length, 0, 'frames behind the ack')
    const { start, end } = ackOf(expect.present(ack, 'an ack'))
    expect.equal(
      [start, end],
      [
        { seqNum: 0n, timestamp: 7n },
        { seqNum: 1n, timestamp: 7n },
      ],
      'start and end',
    )
    const plain = framesOf(expect, await getFrames(stream, '?seq_num=0&count=1'))
    for (const accept of ['zstd', 'gzip']) {
      const headers = { 'accept-encoding': accept }
      const frames = framesOf(expect, await getFrames(stream, '?seq_num=0&count=1', headers))
      // Compressed as a whole: what comes out is the message that is sent without.
      expect.equal(frames.map(messageOf), plain.map(messageOf), `messages of a read that accepts ${accept}`)
      const [stored] = expect.records(recordsIn(frames), 0n, input.records)
      expect.equal(stored?.timestamp, 7n, 'timestamp')
    }
  }),

  onStream('S2S-008', 'Terminal body', { on: FRAMES }, async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('a', 'b', 'c')))
    const failures = [
      { ...batch('x'), matchSeqNum: 1n },
      { ...batch('x'), fencingToken: 'x' },
      { records: [] },
      { records: [record('', { headers: [['', 'unknown']] })] },
    ]
    for (const input of failures) {
      const unary = await stream.over('protobuf').append(input)
      const headers = { 'accept-encoding': 'zstd, gzip' }
      const frames = framesOf(expect, await postFrames(stream, inputFrames(input), headers))
      expect.equal(frames.length, 1, 'number of frames')
      const last = expect.present(frames[0], 'a frame')
      expect.equal(last.flags & (TERMINAL | COMPRESSION), TERMINAL, 'flag bits of a terminal frame')
      const { status, json } = terminalOf(expect, last)
      expect.equal(status, unary.status, 'status, beside that of the unary call')
      const { message, ...rest } = Object(json)
      const { message: unaryMessage, ...unaryRest } = { ...unary.error?.json }
      expect.equal(rest, unaryRest, 'members of the body, beside those of the unary call')
      expect.equal(typeof message, typeof unaryMessage, 'type of the message, beside that of the unary call')
    }
    await expect.tail(stream, 3n)
  }),

  requirement('S2S-009', 'Golden frames', { on: FRAMES }, async ({ newStream, expect }) => {
    const hi = hex('000007000a041a026869')
    const emptyAtZero = hex('000005000a001000')
    const fresh = await newStream()
    expectAcksInOrder(expect, acksOf(expect, await postFrames(fresh, hi)), [batch('hi')], 0n)
    const failed = failedSession(expect, await postFrames(fresh, concat(hi, hi, emptyAtZero)))
    expectAcksInOrder(expect, failed.acks, [batch('hi'), batch('hi')], 1n)
    expect.equal(failed.terminal, { status: 412, json: { seq_num_mismatch: 3 } }, 'terminal frame')
    await expect.holds(fresh, batch('hi', 'hi', 'hi').records)
    const other = await newStream()
    expectAcksInOrder(expect, acksOf(expect, await postFrames(other, emptyAtZero)), [batch('')], 0n)
    await expect.holds(other, [record()])
  }),

  onStream('S2S-012', 'Reconnect-advised bit', { on: FRAMES }, async ({ stream, expect, record: note }) => {
    const failing = inputFrames(batch('a'), { ...batch('x'), matchSeqNum: 7n })
    const [ack, terminal, ...more] = framesOf(expect, await postFrames(stream, failing))
    expect.equal(ackOf(expect.present(ack, 'an ack')).end.seqNum, 1n, 'end.seq_num, whatever the flag says')
    const last = expect.present(terminal, 'a terminal frame')
    expect.equal(last.flags & RECONNECT_ADVISED, 0, 'bit 4 of a terminal frame')
    expect.equal(terminalOf(expect, last), { status: 412, json: { seq_num_mismatch: 1 } }, 'terminal frame')
    expect.equal(more.length, 0, 'frames behind the terminal one')
    note(`reconnecting is ${((ack?.flags ?? 0) & RECONNECT_ADVISED) === 0 ? 'not ' : ''}advised`)
  }),
]

const recordsIn = (frames: readonly SeenFrame[]): readonly SequencedRecord[] =>
  frames.flatMap((seen) => batchOf(seen).records)

const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'))
