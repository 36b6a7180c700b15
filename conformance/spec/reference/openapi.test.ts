import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Payload } from '../capture/example.ts'
import { readExamples } from '../capture/example-files.ts'
import { observedIn, templateOf } from './observed.ts'
import { openApi } from './openapi.ts'
import { API_OPERATIONS } from './operations.ts'
import { BODIES, SCHEMAS, type Schema } from './schemas.ts'

const ajv = addFormats.default(new Ajv2020({ strict: false }))
ajv.addFormat('uint64', true)
ajv.addSchema({ $id: 'api', components: { schemas: SCHEMAS } })

const validators = Object.fromEntries(
  Object.keys(SCHEMAS).map((name) => [name, ajv.compile({ $ref: `api#/components/schemas/${name}` })]),
)

const errorsOf = (schema: string, text: string): unknown => {
  const validate = validators[schema]
  if (validate === undefined) throw new Error(`no schema named "${schema}"`)
  return validate(JSON.parse(text)) ? undefined : validate.errors
}

const jsonOf = (payload: Payload | undefined): string | undefined =>
  payload?.kind === 'text' && payload.omittedBytes === undefined && /^[[{"]/.test(payload.text)
    ? payload.text
    : undefined

let examples: Awaited<ReturnType<typeof readExamples>>
let document: Schema

beforeAll(async () => {
  examples = await readExamples()
  document = openApi(observedIn(examples))
})

describe('the OpenAPI document', () => {
  test('is one, by the schema of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  test('has the bodies of every operation', () => {
    expect(Object.keys(BODIES).toSorted()).toEqual(API_OPERATIONS.map(({ name }) => name).toSorted())
    for (const { name, body } of API_OPERATIONS) {
      const { request } = BODIES[name] ?? {}
      expect(
        Object.keys((SCHEMAS[request ?? ''] as { properties?: object })?.properties ?? {}).toSorted(),
      ).toEqual((body ?? []).toSorted())
    }
  })

  test.each(API_OPERATIONS.map(({ name, method, path }) => [name, `${method} ${path}`] as const))(
    'describes the captured requests and answers of %s',
    (name, key) => {
      const bodies = bodiesOf(name, key)
      expect(bodies.length > 0 || name === 'set-default-location').toBe(true)
      for (const { id, schema, text } of bodies)
        expect({ id, errors: errorsOf(schema, text) }).toEqual({ id, errors: undefined })
    },
  )
})

interface Body {
  readonly id: string
  readonly schema: string
  readonly text: string
}

/** The captured JSON bodies of answers, and of requests that were accepted, with the schema that each must have. */
function bodiesOf(name: string, key: string): readonly Body[] {
  const { request: requestSchema, answer: answerSchema } = BODIES[name] ?? {}
  return examples.flatMap(({ id, exchanges }) =>
    exchanges.flatMap(({ request, answer }) => {
      if ('error' in answer || `${request.method} ${templateOf(request.path.split('?')[0] ?? '')}` !== key)
        return []
      const isAccepted = answer.status < 300
      const pairs = [
        [isAccepted ? requestSchema : undefined, jsonOf(request.body)],
        [isAccepted ? answerSchema : refusalSchema(answer.status), jsonOf(answer.body)],
      ] as const
      return pairs.flatMap(([schema, text]) =>
        schema === undefined || text === undefined ? [] : [{ id, schema, text }],
      )
    }),
  )
}

function refusalSchema(status: number): string {
  if (status === 412) return 'ConditionFailed'
  return status === 416 ? 'Tail' : 'Error'
}
