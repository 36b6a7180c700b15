import fc from 'fast-check'
import { bytes, record } from '../../../client/records.ts'
import { isObject } from '../../../kit/is-object.ts'
import { appendInputToJson } from '../../../proto/json-bodies.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import { postRecords } from '../../by-hand/requests.ts'
import { createProperty, type Property } from '../property.ts'
import { type Coding, coding, encoded, isCoding, level } from './codings.ts'
import { isLengths, lengths } from './lengths.ts'

interface Input {
  readonly lengths: readonly number[]
  readonly coding: Coding
  readonly level: number
  /** Lengths of the chunks. Null: the body is sent whole, with its length. */
  readonly pieces: readonly number[] | null
}

/** A body is what it decodes to, in whatever chunks, and however hard it was pressed. */
export const anyBodyCoding: Property = createProperty<Input, undefined>({
  id: 'PROP-010',
  needs: [],
  on: ['json', 'protobuf'],
  arbitrary: fc.record({
    lengths,
    coding,
    level,
    pieces: fc.option(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 })),
  }),
  runs: { few: 20, many: 50 },
  prepare: () => Promise.resolve(undefined),
  async play(context, _stage, { lengths, coding, level, pieces }, tell) {
    const { newStream, expect, transport } = context
    const stream = await newStream()
    const sent = lengths.map((length, index) => record(`${index}`.padEnd(length, 'x')))
    const isProtobuf = transport === 'protobuf'
    const type = isProtobuf ? 'application/protobuf' : 'application/json'
    const spelling = { ...(pieces !== null && { pieces }), pause: () => Promise.resolve() }
    const post = (body: Uint8Array): ReturnType<typeof postRecords> =>
      postRecords(
        stream,
        encoded(coding, level, body),
        { 'content-type': type, 'content-encoding': coding },
        spelling,
      )
    const how = `in ${coding} of level ${level}, ${pieces === null ? 'whole' : `in chunks of ${pieces} and the rest`}`

    const answer = await post(
      isProtobuf ? encodeAppendInput({ records: sent }) : bytes(appendInputToJson({ records: sent }, 'raw')),
    )
    tell({ request: `append of ${lengths} bytes ${how}`, expected: '200', actual: String(answer.status) })
    expect.ok(answer)

    // Nothing is no JSON, and as protobuf an append of nothing.
    const nothing = await post(new Uint8Array(0))
    const [status, code] = isProtobuf ? ([422, 'invalid'] as const) : ([400, 'bad_json'] as const)
    const came = `${nothing.status} ${nothing.error?.code ?? ''}`
    tell({ request: `append of an empty body ${how}`, expected: `${status} ${code}`, actual: came })
    expect.refused(nothing, status, code)
    await expect.holds(stream, sent)
  },
  parse(input) {
    if (!isObject(input) || !isLengths(input.lengths) || typeof input.level !== 'number')
      throw new RangeError('the input of PROP-010 is lengths, a coding, a level and pieces')
    const { lengths, coding, level, pieces } = input
    if (!isCoding(coding) || (pieces !== null && !isLengths(pieces)))
      throw new RangeError('the input of PROP-010 names gzip or zstd, and pieces or null')
    return { lengths, coding, level, pieces }
  },
})
