import fc from 'fast-check'
import { record } from '../../../client/records.ts'
import { isObject } from '../../../kit/is-object.ts'
import { show } from '../../../kit/show.ts'
import { postRecords } from '../../by-hand/requests.ts'
import { scalar } from '../arbitraries/characters.ts'
import { createProperty, type Property } from '../property.ts'
import { isRaw } from '../raw-view.ts'

/** Bytes in hex, so that a case is plain data; text of raw JSON is the same in UTF-8. */
interface Content {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

const NUL_AND_EDGES = [
  '\0',
  '\u007f',
  '\u0080',
  '\u07ff',
  '\u0800',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '\u{10000}',
  '\u{10ffff}',
]

/** Text of all planes, with the ends of every length of UTF-8 among it. */
const text: fc.Arbitrary<string> = fc
  .array(fc.oneof(scalar, fc.constantFrom(...NUL_AND_EDGES)), {
    maxLength: 12,
  })
  .map((parts) => hex(Buffer.from(parts.join(''), 'utf8')))

const bytes: fc.Arbitrary<string> = fc.uint8Array({ maxLength: 24 }).map(hex)

const contentOf = (part: fc.Arbitrary<string>): fc.Arbitrary<Content> =>
  fc.record({
    headers: fc.array(
      fc.tuple(
        part.filter((name) => name !== ''),
        part,
      ),
      { maxLength: 3 },
    ),
    body: part,
  })

interface Input {
  readonly text: readonly Content[]
  readonly bytes: readonly Content[]
}

/** Whatever is stored comes back as it was sent, on every transport that can carry it. */
export const anyContent: Property = createProperty<Input, undefined>({
  id: 'PROP-004',
  needs: [],
  on: ['json', 'base64', 'protobuf', 's2s'],
  arbitrary: fc.record({
    text: fc.array(contentOf(text), { minLength: 1, maxLength: 4 }),
    bytes: fc.array(contentOf(bytes), { minLength: 1, maxLength: 4 }),
  }),
  runs: { few: 20, many: 100 },
  prepare: () => Promise.resolve(undefined),
  async play({ newStream, expect, transport }, _stage, input, tell) {
    const stream = await newStream()
    // Raw JSON carries text alone (REC-019).
    const contents = isRaw(transport) ? input.text : [...input.text, ...input.bytes]
    const sent = contents.map(({ headers, body }) =>
      record(unhex(body), { headers: headers.map(([name, value]) => [unhex(name), unhex(value)] as const) }),
    )
    const appended = await stream.append({ records: sent })
    tell({ request: `append ${show(contents)}`, expected: 'status 200', actual: `status ${appended.status}` })
    expect.ok(appended)
    const readers = isRaw(transport) ? (['json', 'sse', 'base64', 'protobuf', 's2s'] as const) : EXACT
    for (const reader of readers) {
      const answer = await stream.over(reader).read({ seqNum: 0n, count: BigInt(sent.length) })
      const came = answer.value?.records.map(({ body, headers }) => [hex(body), headers.length])
      tell({ request: `read over ${reader}`, expected: 'what was sent', actual: show(came ?? answer.status) })
      expect.records(expect.ok(answer).records, 0n, sent)
    }
  },
  parse(input) {
    if (!isObject(input) || !isContents(input.text) || !isContents(input.bytes))
      throw new RangeError('the input of PROP-004 is contents of records in hex')
    return { text: input.text, bytes: input.bytes }
  },
})

const EXACT = ['base64', 'protobuf', 's2s'] as const

const isContents = (value: unknown): value is readonly Content[] =>
  Array.isArray(value) &&
  value.every((one) => isObject(one) && typeof one.body === 'string' && Array.isArray(one.headers))

/** A surrogate that has no other half, somewhere in a text. */
export const loneSurrogates: Property = createProperty<readonly [string, number, string], undefined>({
  id: 'PROP-005',
  needs: [],
  on: ['json'],
  arbitrary: fc.tuple(
    fc.string({ maxLength: 6 }),
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.string({ maxLength: 6 }),
  ),
  runs: { few: 20, many: 100 },
  prepare: () => Promise.resolve(undefined),
  async play({ newStream, expect }, _stage, [before, surrogate, after], tell) {
    const stream = await newStream()
    const [left, right] = [before, after].map((part) => JSON.stringify(part).slice(1, -1))
    const body = `{"records":[{"body":"${left}\\u${surrogate.toString(16)}${right}"}]}`
    const answer = await postRecords(stream, body)
    tell({
      request: `append ${body}`,
      expected: '400 bad_json',
      actual: `${answer.status} ${answer.error?.code ?? ''}`,
    })
    expect.refused(answer, 400, 'bad_json')
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 0n, 'tail after the refusal')
  },
  parse(input) {
    const [before, surrogate, after] = Array.isArray(input) ? input : []
    if (typeof before !== 'string' || typeof surrogate !== 'number' || typeof after !== 'string')
      throw new RangeError('the input of PROP-005 is a text, a surrogate and a text')
    return [before, surrogate, after]
  },
})
