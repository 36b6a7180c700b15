import fc from 'fast-check'
import { isObject } from '../../../kit/is-object.ts'
import { createProperty, type Property } from '../property.ts'
import { askSpelt } from './ask-spelt.ts'
import { isLengths, lengths } from './lengths.ts'

interface Input {
  readonly lengths: readonly number[]
  /** Of each header of the request its rank; those of one rank stay in their order. */
  readonly order: readonly number[]
  /** Of each header which letters of its name are capitals, as bits. */
  readonly capitals: readonly number[]
  /** Headers that mean nothing to anybody. */
  readonly others: Readonly<Record<string, string>>
}

const other: fc.Arbitrary<readonly [name: string, value: string]> = fc.tuple(
  fc.stringMatching(/^x-[a-z0-9]{1,12}$/),
  fc.stringMatching(/^[!-~]{1,20}$/),
)

/** Headers mean the same in any order, and over HTTP/1.1 in any case, whatever others are among them. */
export const anyHeaderNames: Property = createProperty<Input, undefined>({
  id: 'PROP-009',
  needs: [],
  on: ['json', 'base64', 'protobuf', 'sse', 's2s', 's2s-http1'],
  arbitrary: fc.record({
    lengths,
    order: fc.array(fc.nat(9), { maxLength: 10 }),
    capitals: fc.array(fc.nat(0xffff), { maxLength: 10 }),
    others: fc.array(other, { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
  }),
  runs: { few: 12, many: 30 },
  prepare: () => Promise.resolve(undefined),
  async play(context, _stage, { lengths, order, capitals, others }, tell) {
    const names = (all: readonly string[]): readonly string[] =>
      all
        .map((name, index) => ({
          rank: order[index] ?? 0,
          name: capitalised(name, capitals[index] ?? 0),
        }))
        .toSorted((one, other) => one.rank - other.rank)
        .map(({ name }) => name)
    let sent: readonly string[] = []
    const spelling = {
      names: (all: readonly string[]) => {
        sent = names(all)
        return sent
      },
      pause: () => Promise.resolve(),
    }
    const options = { spelling, headers: others }
    await askSpelt(context, { lengths, options, how: 'with the headers' }, (line) =>
      tell({ ...line, request: `${line.request} ${sent.join(', ')}` }),
    )
  },
  parse(input) {
    if (
      !isObject(input) ||
      !isLengths(input.lengths) ||
      !isLengths(input.order) ||
      !isLengths(input.capitals)
    )
      throw new RangeError('the input of PROP-009 is lengths, an order, capitals and other headers')
    const others = isObject(input.others) ? Object.entries(input.others) : []
    return {
      lengths: input.lengths,
      order: input.order,
      capitals: input.capitals,
      others: Object.fromEntries(others.map(([name, value]) => [name, String(value)])),
    }
  },
})

/** Beyond the sixteenth letter the bits begin anew. */
const capitalised = (name: string, bits: number): string =>
  Array.from(name, (letter, index) => ((bits >> (index % 16)) & 1 ? letter.toUpperCase() : letter)).join('')
