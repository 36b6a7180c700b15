import fc from 'fast-check'
import { isObject } from '../../../kit/is-object.ts'
import { createProperty, type Property } from '../property.ts'
import { askSpelt } from './ask-spelt.ts'
import { isLengths, lengths } from './lengths.ts'

/** Byte after byte on its own, so many times, after so many bytes of the connection. */
type Cut = readonly [after: number, times: number]

interface Input {
  readonly lengths: readonly number[]
  readonly cuts: readonly Cut[]
  /** Of the body: chunks over HTTP/1.1, DATA frames over HTTP/2. Null: it is sent whole. */
  readonly pieces: readonly number[] | null
}

/** The head of a request over HTTP/1.1, and the beginning of a connection of HTTP/2, take less. */
const FURTHEST = 500

const cut: fc.Arbitrary<Cut> = fc.tuple(
  fc.nat(FURTHEST),
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) },
  ),
)

/** A request is what its bytes say, in however many packets they come. */
export const anyCuts: Property = createProperty<Input, undefined>({
  id: 'PROP-008',
  needs: [],
  on: ['json', 'base64', 'protobuf', 'sse', 's2s', 's2s-http1'],
  arbitrary: fc.record({
    lengths,
    cuts: fc.array(cut, { maxLength: 6 }),
    pieces: fc.option(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 })),
  }),
  runs: { few: 12, many: 30 },
  prepare: () => Promise.resolve(undefined),
  async play(context, _stage, { lengths, cuts, pieces }, tell) {
    const places = cuts.flatMap(([after, times]) =>
      Array.from({ length: times }, (_, index) => after + index),
    )
    const spelling = {
      cuts: places,
      ...(pieces !== null && { pieces }),
      // Long enough for the target to read what came, where it has nothing else to do.
      pause: () => context.sleep(1),
    }
    const how = `${cutsAs(cuts)}, the body ${pieces === null ? 'whole' : `in pieces of ${pieces} and the rest`}`
    await askSpelt(context, { lengths, options: { spelling }, how }, tell)
  },
  parse(input) {
    if (!isObject(input) || !isLengths(input.lengths) || !isCuts(input.cuts) || !isPieces(input.pieces))
      throw new RangeError('the input of PROP-008 is lengths, cuts and pieces')
    return { lengths: input.lengths, cuts: input.cuts, pieces: input.pieces }
  },
})

const cutsAs = (cuts: readonly Cut[]): string =>
  cuts.length === 0
    ? 'not cut'
    : `cut after byte ${cuts.map(([after, times]) => (times === 1 ? after : `${after} to ${after + times - 1}`)).join(', ')} of its connection`

const isCuts = (value: unknown): value is readonly Cut[] =>
  Array.isArray(value) && value.every((each) => isLengths(each) && each.length === 2)

const isPieces = (value: unknown): value is readonly number[] | null => value === null || isLengths(value)
