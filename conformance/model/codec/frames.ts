import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { record } from '../../../client/records.ts'
import { isObject } from '../../../kit/is-object.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import { concat, frame, GZIP, ZSTD } from '../../by-hand/frames.ts'
import { createProperty, type Property } from '../property.ts'

const CODINGS = {
  none: (message: Uint8Array) => frame(message),
  gzip: (message: Uint8Array) => frame(gzipSync(message), GZIP),
  zstd: (message: Uint8Array) => frame(zstdCompressSync(message), ZSTD),
}

type Coding = keyof typeof CODINGS

interface Input {
  /** Of each frame its compression, and the length of its only record. */
  readonly frames: readonly { readonly coding: Coding; readonly length: number }[]
  /** Places where the bytes of all frames are cut, in thousandths of their length. */
  readonly cuts: readonly number[]
}

/** Frames are what their bytes say, wherever they are cut and however each is compressed. */
export const anyFrames: Property = createProperty<Input, undefined>({
  id: 'PROP-007',
  needs: [],
  on: ['s2s', 's2s-http1'],
  arbitrary: fc.record({
    frames: fc.array(
      fc.record({
        coding: fc.constantFrom<Coding>('none', 'gzip', 'zstd'),
        length: fc.oneof(fc.nat(40), fc.constantFrom(1023, 1024, 70_000)),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    cuts: fc.array(fc.nat(1000), { maxLength: 12 }),
  }),
  runs: { few: 15, many: 80 },
  prepare: () => Promise.resolve(undefined),
  async play(context, _stage, { frames, cuts }, tell) {
    const { newStream, expect } = context
    const stream = await newStream()
    const sent = frames.map(({ length }, index) => record(`${index}`.padEnd(length, 'x')))
    const bytes = concat(
      ...frames.map(({ coding }, index) => {
        const one = sent[index]
        return CODINGS[coding](encodeAppendInput({ records: one === undefined ? [] : [one] }))
      }),
    )
    const places = cuts.map((cut) => Math.floor((cut * bytes.length) / 1000))
    const edges = [...new Set([0, ...places, bytes.length])].toSorted((a, b) => a - b)
    const session = await stream.openAppend()
    for (const [index, edge] of edges.slice(0, -1).entries())
      await session.sendBytes(bytes.slice(edge, edges[index + 1]))
    session.closeSending()
    for (const [index] of frames.entries()) {
      const answer = await session.next()
      const allowed = `number ${index}`
      tell({
        request: `frame ${index + 1} of ${frames.length}`,
        expected: allowed,
        actual: String(answer.value?.start.seqNum ?? answer.status),
      })
      expect.equal(expect.ok(answer).start.seqNum, BigInt(index), 'start.seq_num of the ack')
    }
    expect.equal((await session.next()).status, 0, 'a clean end after the last ack')
    await expect.holds(stream, sent)
  },
  parse(input) {
    if (!isObject(input) || !Array.isArray(input.cuts) || !isFrames(input.frames))
      throw new RangeError('the input of PROP-007 is frames and cuts')
    return { frames: input.frames, cuts: input.cuts.map(Number) }
  },
})

const isFrames = (value: unknown): value is Input['frames'] =>
  Array.isArray(value) &&
  value.every(
    (one) =>
      isObject(one) &&
      typeof one.coding === 'string' &&
      one.coding in CODINGS &&
      Number.isInteger(one.length),
  )
