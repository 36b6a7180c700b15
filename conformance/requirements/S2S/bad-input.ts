import { batch, fence, record } from '../../../client/records.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { concat, frame, GZIP, inputFrame, inputFrames, TERMINAL, ZSTD } from '../../by-hand/frames.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { FRAMES } from '../transports.ts'
import { expectTerminal, failedSession, postFrames } from './raw-session.ts'
import { expectAcksInOrder, recordsOf } from './session.ts'

export const badInput: readonly Requirement[] = [
  requirement('S2S-023', 'Validation failure in a frame', { on: FRAMES }, async ({ newStream, expect }) => {
    const good = [batch('a'), batch('b', 'c')]
    const wrongToken: AppendInput = { ...batch('x'), fencingToken: 'é'.repeat(19) }
    const invalid = {
      'a frame of length 1': Uint8Array.of(0, 0, 1, 0),
      'no records': inputFrame({ records: [], matchSeqNum: 3n }),
      '1001 records': inputFrame({ records: Array.from({ length: 1001 }, () => record()) }),
      'a record above 1 MiB': inputFrame({ records: [record(new Uint8Array(1_048_569))] }),
      'a batch above 1 MiB': inputFrame({ records: [record(new Uint8Array(1_048_561)), record()] }),
      'an unknown command': inputFrame({ records: [record('', { headers: [['', 'unknown']] })] }),
      'a command that is not alone': inputFrame({
        records: [
          record('x', {
            headers: [
              ['', 'fence'],
              ['a', 'b'],
            ],
          }),
        ],
      }),
      'a fence of 37 bytes': inputFrame({ records: [fence('x'.repeat(37))] }),
      'a token of 37 bytes': inputFrame({ ...batch('x'), fencingToken: 'x'.repeat(37) }),
      'a token of 38 bytes in 19 characters': inputFrame(wrongToken),
    }
    for (const [name, bytes] of Object.entries(invalid)) {
      const stream = await newStream()
      const session = concat(inputFrames(...good), bytes, inputFrames(batch(`after ${name}`)))
      const { acks, terminal } = failedSession(expect, await postFrames(stream, session))
      expectAcksInOrder(expect, acks, good, 0n)
      expectTerminal(expect, terminal, [[422, 'invalid']])
      await expect.holds(stream, recordsOf(good))
    }
  }),

  requirement('S2S-024', 'Malformed frame', { on: FRAMES }, async ({ newStream, expect }) => {
    const good = [batch('a'), batch('b', 'c')]
    const judge = async (
      bytes: Uint8Array,
      allowed: readonly (readonly [number, string])[],
    ): Promise<void> => {
      const stream = await newStream()
      const session = concat(inputFrames(...good), bytes)
      const { acks, terminal } = failedSession(expect, await postFrames(stream, session))
      expectAcksInOrder(expect, acks, good, 0n)
      expectTerminal(expect, terminal, allowed)
      await expect.holds(stream, recordsOf(good))
    }
    for (const bytes of Object.values(MALFORMED)) await judge(bytes, [[400, 'bad_frame']])
    for (const bytes of Object.values(UNDECODABLE)) {
      await judge(bytes, [
        [400, 'bad_frame'],
        [400, 'bad_proto'],
      ])
    }
  }),

  onStream('S2S-025', 'Framing error versus in-flight appends', { on: FRAMES }, async (context) => {
    const { stream, expect } = context
    const good = Array.from({ length: 30 }, (_, index) => ({
      records: [record(new Uint8Array(20_000).fill(index)), record(`${index}`)],
    }))
    const garbage = Uint8Array.of(0xff, 0xff, 0xff, 0xff)
    const { acks, terminal } = failedSession(
      expect,
      await postFrames(stream, concat(inputFrames(...good), garbage)),
    )
    expectAcksInOrder(expect, acks, good, 0n)
    expectTerminal(expect, terminal, [[400, 'bad_frame']])
    await expect.holds(stream.over('s2s'), recordsOf(good))
  }),

  onStream('S2S-026', 'Append failure wins over later input error', { on: FRAMES }, async (context) => {
    const { stream, expect } = context
    const stale = inputFrame({ ...batch('x'), matchSeqNum: 5n })
    for (const garbage of [
      Uint8Array.of(0, 0, 0),
      Uint8Array.of(0),
      frame(MESSAGE, 0x60),
      inputFrame({ records: [] }),
    ]) {
      const answer = await postFrames(stream, concat(stale, garbage))
      expect.equal(
        failedSession(expect, answer),
        { acks: [], terminal: { status: 412, json: { seq_num_mismatch: 0 } } },
        'acks and terminal frame',
      )
    }
    await expect.holds(stream, [])
  }),
]

const MESSAGE = encodeAppendInput(batch('hello'))

/** A record whose length goes beyond the end of the message. */
const CUT_MESSAGE = Uint8Array.of(0x0a, 0x7f, 0x1a)

/** Wire type 7 does not exist. */
const NO_MESSAGE = Uint8Array.of(0xff, 0xff, 0xff)

const MALFORMED: Readonly<Record<string, Uint8Array>> = {
  'length 0': Uint8Array.of(0, 0, 0),
  'length above the limit': Uint8Array.of(0xff, 0xff, 0xff, 0),
  'compression 3': frame(MESSAGE, 0x60),
  'zstd that is none': frame(MESSAGE, ZSTD),
  'gzip that is none': frame(MESSAGE, GZIP),
  'a prefix of one byte': Uint8Array.of(0),
  'a prefix of two bytes': Uint8Array.of(0, 0),
  'a prefix alone': Uint8Array.of(0, 0, 9),
  'a frame without its last byte': frame(MESSAGE).slice(0, -1),
  'a terminal frame': frame(Uint8Array.of(0x01, 0x9c, 0x7b, 0x7d), TERMINAL),
  'a terminal frame without a status': frame(new Uint8Array(0), TERMINAL),
}

const UNDECODABLE: Readonly<Record<string, Uint8Array>> = {
  'a cut message': frame(CUT_MESSAGE),
  'no message': frame(NO_MESSAGE),
  'a token that is not UTF-8': frame(concat(MESSAGE, Uint8Array.of(0x1a, 0x01, 0xff))),
}
