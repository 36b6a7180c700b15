import fc from 'fast-check'
import { record } from '../../../client/records.ts'
import { getRecords } from '../../by-hand/requests.ts'
import { createProperty, type Property } from '../property.ts'

/** A coding and its weight in thousandths, as a client lists it. Null: no weight is given, which is the highest. */
type Accepted = readonly [coding: string, weight: number | null]

interface Input {
  readonly accepted: readonly Accepted[]
  /** Of the only record: short ones are not worth a coding. */
  readonly length: number
}

const weight: fc.Arbitrary<number | null> = fc.option(fc.oneof(fc.constantFrom(0, 0, 1000), fc.nat(1000)))

const accepted: fc.Arbitrary<Accepted> = fc.tuple(
  fc.constantFrom('gzip', 'zstd', 'br', 'deflate', 'identity', '*', 'x-unheard-of'),
  weight,
)

/** An answer comes in a coding that was asked for, or in none, and is the same in each. */
export const anyAcceptedCoding: Property = createProperty<Input, undefined>({
  id: 'PROP-011',
  needs: [],
  on: ['json', 'base64', 'protobuf'],
  arbitrary: fc.record({
    accepted: fc.uniqueArray(accepted, { minLength: 1, maxLength: 6, selector: ([coding]) => coding }),
    length: fc.oneof({ withCrossShrink: true }, fc.nat(100), fc.constant(20_000)),
  }),
  runs: { few: 30, many: 60 },
  prepare: () => Promise.resolve(undefined),
  async play({ newStream, expect, transport, record: note }, _stage, { accepted, length }, tell) {
    const stream = await newStream()
    expect.ok(await stream.append({ records: [record('x'.repeat(length))] }))
    const form = transport === 'protobuf' ? { accept: 'application/protobuf' } : formatOf(transport)
    const plain = await getRecords(stream, 'seq_num=0', form)
    expect.ok(plain)

    const asked = accepted.map(accepts).join(', ')
    const coded = await getRecords(stream, 'seq_num=0', { ...form, 'accept-encoding': asked })
    const coding = coded.headers['content-encoding']
    const allowed = ['gzip', 'zstd', 'br', 'deflate'].filter((each) => weightOf(each, accepted, 0) > 0)
    const mayRefuse = weightOf('identity', accepted, 1000) === 0
    tell({
      request: `read of ${length} bytes, accept-encoding: ${asked}`,
      expected: ['none', ...allowed, ...(mayRefuse ? ['406'] : [])].join(' or '),
      actual: `${coded.status} ${coding ?? 'none'}`,
    })
    if (mayRefuse && coded.status === 406) return note('406 where none is refused as well')
    expect.ok(coded)
    // Whoever refuses that as well may get it rather than nothing (RFC 9110, 12.5.3).
    expect.that(['identity', ...allowed].includes(coding ?? 'identity'), `one of ${allowed} or none`, coding)
    expect.equal(coded.body, plain.body, 'the body, decoded')
    expect.header(coded, 'content-type', plain.headers['content-type'])
  },
  parse(input) {
    const { accepted, length }: { readonly accepted?: unknown; readonly length?: unknown } = Object(input)
    if (typeof length !== 'number' || !isAccepted(accepted))
      throw new RangeError('the input of PROP-011 is codings with weights, and a length')
    return { accepted, length }
  },
})

const formatOf = (transport: string): Readonly<Record<string, string>> =>
  transport === 'base64' ? { 's2-format': 'base64' } : {}

const accepts = ([coding, weight]: Accepted): string =>
  weight === null ? coding : `${coding};q=${(weight / 1000).toFixed(3)}`

/** Of one that is not named, that of the star; where nobody names any, what is left to it. */
function weightOf(coding: string, accepted: readonly Accepted[], otherwise: number): number {
  const named = accepted.find(([name]) => name === coding) ?? accepted.find(([name]) => name === '*')
  return named === undefined ? otherwise : (named[1] ?? 1000)
}

const isAccepted = (value: unknown): value is readonly Accepted[] =>
  Array.isArray(value) &&
  value.every(
    (each) =>
      Array.isArray(each) &&
      typeof each[0] === 'string' &&
      (each[1] === null || (typeof each[1] === 'number' && each[1] >= 0 && each[1] <= 1000)),
  )
