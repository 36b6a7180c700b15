import { beforeAll, describe, expect, test } from 'vitest'
import { OPERATIONS } from '../../../reference-server/semantics/access/operation.ts'
import { row } from '../../catalogue/catalogue.ts'
import { readExamples } from '../capture/example-files.ts'
import { idsIn } from '../source/rule-texts.ts'
import { ANSWER_HEADERS, JSON_OBJECTS, QUERY_PARAMETERS, REQUEST_HEADERS } from './fields.ts'
import { apiLimits } from './limits.ts'
import { type Observed, observedIn } from './observed.ts'
import { API_OPERATIONS } from './operations.ts'

let observed: ReadonlyMap<string, Observed>

beforeAll(async () => {
  observed = observedIn(await readExamples())
})

/** Sent to any operation, with no meaning of its own there. */
const EVERYWHERE = ['authorization', 's2-basin', 's2-encryption-key', 'origin', 'content-type']

/** Names that checks invent: a server must ignore or refuse them. */
const INVENTED = /^(?:foo|extra|SEQ_NUM|fencing-token|matchSeqNum|x-.*|access-control-.*)$/

/** Changes the account: no run does that unless it is allowed to. */
const NOT_CAPTURED = 'PUT /v1/locations/default'

describe('the reference', () => {
  test('has every operation that the captured requests have, and no other', () => {
    const seen = [...observed.keys()].filter((key) => {
      const isApi =
        /^(?:GET|POST|PUT|PATCH|DELETE) \/v1\/(?:basins|streams|access-tokens|metrics|locations)/.test(key)
      const codes = [...(observed.get(key)?.outcomes.keys() ?? [])]
      return isApi && codes.some((outcome) => Number.parseInt(outcome, 10) < 300)
    })
    const named = API_OPERATIONS.map(({ method, path }) => `${method} ${path}`)
    expect(named.toSorted()).toEqual([...seen, NOT_CAPTURED].toSorted())
  })

  test.each(API_OPERATIONS.map((operation) => [operation.name, operation] as const))(
    '%s has the parameters and headers that captured requests have',
    (_, { method, path, query = [], headers = [], body = [] }) => {
      if (`${method} ${path}` === NOT_CAPTURED) return
      const seen = observed.get(`${method} ${path}`)
      if (seen === undefined) throw new Error('no captured request')
      expect([...seen.query].filter((name) => !query.includes(name) && !INVENTED.test(name))).toEqual(
        path.endsWith('/tail') ? ['seq_num'] : [],
      )
      const known = [...headers, ...EVERYWHERE]
      expect([...seen.headers].filter((name) => !known.includes(name) && !INVENTED.test(name))).toEqual([])
      expect(body.filter((name) => !seen.body.has(name))).toEqual([])
      expect([...seen.answerHeaders].filter((name) => !isAnswerHeader(name))).toEqual([])
    },
  )

  const isAnswerHeader = (name: string): boolean =>
    Object.hasOwn(ANSWER_HEADERS, name) || name === 'vary' || name.startsWith('access-control-')

  test('explains every parameter and header of an operation', () => {
    for (const { query = [], headers = [] } of API_OPERATIONS) {
      for (const name of query) expect(QUERY_PARAMETERS).toHaveProperty([name])
      for (const name of headers) expect(REQUEST_HEADERS).toHaveProperty([name])
    }
  })

  test('names the operations of access tokens as the specification does', () => {
    const names = new Set(API_OPERATIONS.map(({ name }) => name))
    // Commands are appends, and a PUT is permitted as a creation or a change.
    expect(OPERATIONS.filter((name) => !names.has(name))).toEqual(['trim', 'fence'])
    expect([...names].filter((name) => !OPERATIONS.some((one) => one === name))).toEqual([
      'ensure-basin',
      'ensure-stream',
    ])
  })

  test('names only rows that exist', async () => {
    const all = [
      API_OPERATIONS,
      QUERY_PARAMETERS,
      REQUEST_HEADERS,
      ANSWER_HEADERS,
      JSON_OBJECTS,
      await apiLimits(),
    ]
    for (const id of idsIn(JSON.stringify(all))) expect(row(id).id).toBe(id)
  })

  test('has every limit with its value', async () => {
    const limits = await apiLimits()
    expect(limits).toContainEqual({
      name: 'MAX_METERED_BYTES',
      text: 'A record and a batch each hold at most this many metered bytes (REC-002, REC-004).',
      value: '1,048,576',
    })
    expect(limits.length).toBeGreaterThan(15)
  })
})
