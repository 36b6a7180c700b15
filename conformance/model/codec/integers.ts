import fc from 'fast-check'
import { batch, record } from '../../../client/records.ts'
import { show } from '../../../kit/show.ts'
import { createProperty, type Property } from '../property.ts'

const MAX = 2n ** 64n - 1n

/** Where doubles, signed numbers and varints change their form, and two around each; and any other. */
const u64: fc.Arbitrary<bigint> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(0n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, MAX),
        fc.bigInt({ min: -2n, max: 2n }),
      )
      .map(([edge, by]) => edge + by)
      .filter((value) => value >= 0n && value <= MAX),
  },
  { weight: 1, arbitrary: fc.nat(63).map((bits) => 1n << BigInt(bits)) },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: MAX }) },
)

/** 64-bit numbers are exact in both directions, in every place that has one. In decimal, so that a case is plain data. */
export const anyInteger: Property = createProperty<readonly string[], undefined>({
  id: 'PROP-006',
  needs: [],
  on: ['json', 'base64', 'protobuf', 'sse', 's2s'],
  arbitrary: fc
    .uniqueArray(u64, { minLength: 1, maxLength: 5 })
    .map((values) => values.toSorted((a, b) => (a < b ? -1 : 1)).map(String)),
  runs: { few: 20, many: 50 },
  prepare: () => Promise.resolve(undefined),
  async play({ newStream, expect }, _stage, input, tell) {
    const stream = await newStream({ timestamping: { mode: 'client-prefer', uncapped: true } })
    const values = input.map(BigInt)
    const count = BigInt(values.length)
    const appended = await stream.append({ records: values.map((timestamp) => record('x', { timestamp })) })
    const tail = { seqNum: count, timestamp: values.at(-1) ?? 0n }
    tell({
      request: `append with timestamps ${show(input)}`,
      expected: show(tail),
      actual: show(appended.value),
    })
    expect.equal(expect.ok(appended).end, tail, 'end of the ack')
    expect.equal(appended.value?.start, { seqNum: 0n, timestamp: values[0] ?? 0n }, 'start of the ack')
    expect.equal(expect.ok(await stream.checkTail()), tail, 'tail')

    for (const edge of [2n ** 32n, 2n ** 53n, 2n ** 63n]) {
      const matchSeqNum = count + edge
      const answer = await stream.append({ ...batch('y'), matchSeqNum })
      tell({
        request: `append if ${matchSeqNum}`,
        expected: `412 ${count}`,
        actual: show(answer.error?.json ?? answer.value),
      })
      expect.refused(answer, 412, { seq_num_mismatch: count })
    }
    for (const [index, value] of values.entries()) {
      const from = await stream.read({ timestamp: value, count: MAX, bytes: MAX, wait: 0 })
      const came = from.value?.records.map(({ timestamp }) => timestamp)
      const wanted = values.slice(index)
      tell({ request: `read from timestamp ${value}`, expected: show(wanted), actual: show(came) })
      expect.equal(
        expect.ok(from).records.map(({ timestamp }) => timestamp),
        wanted,
        'timestamps read',
      )

      const answer = await stream.append({ ...batch('y'), matchSeqNum: value })
      tell({
        request: `append if ${value}`,
        expected: 'as its number says',
        actual: show(answer.error?.json ?? answer.value),
      })
      if (value === count) expect.ok(answer)
      else expect.refused(answer, 412, { seq_num_mismatch: await numberOfTail(stream.checkTail, expect) })
      if (value === count) return
      const beyond = await stream.read({ seqNum: value, count: 1n, wait: 0 })
      tell({
        request: `read from number ${value}`,
        expected: '416 beyond the tail',
        actual: String(beyond.status),
      })
      if (value > count) expect.refused(beyond, 416, { tail })
    }
  },
  parse(input) {
    const isDecimal = (value: unknown): value is string =>
      typeof value === 'string' && /^\d{1,20}$/.test(value)
    if (!Array.isArray(input) || !input.every(isDecimal))
      throw new RangeError('the input of PROP-006 is numbers in decimal')
    return input
  },
})

type Stream = Awaited<ReturnType<Parameters<Property['requirement']['check']>[0]['newStream']>>
type Expect = Parameters<Property['requirement']['check']>[0]['expect']

const numberOfTail = async (checkTail: Stream['checkTail'], expect: Expect): Promise<bigint> =>
  expect.ok(await checkTail()).seqNum
