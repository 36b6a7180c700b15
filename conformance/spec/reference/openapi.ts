import { VERSION } from '../../../kit/version.ts'
import { ANSWER_HEADERS, QUERY_PARAMETERS, REQUEST_HEADERS } from './fields.ts'
import type { Observed } from './observed.ts'
import { API_OPERATIONS, type ApiOperation } from './operations.ts'
import { BODIES, PARAMETER_SCHEMAS, SCHEMAS, type Schema } from './schemas.ts'

/**
 * The API as an OpenAPI 3.1 document, from the same tables as the reference page. It describes the JSON forms; sessions and
 * protobuf have no form in OpenAPI. The statuses are those of the captured examples.
 */
export function openApi(observed: ReadonlyMap<string, Observed>): Schema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'S2 API as the reference server of s2-conformance serves it',
      version: VERSION,
      description:
        'Not affiliated with S2. Sessions over SSE and S2S, and protobuf bodies, are on the reference page. x-requirements names the requirements behind an entry.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{}, { token: [] }],
    paths: paths(observed),
    components: {
      schemas: SCHEMAS,
      parameters: { ...parameters('query', QUERY_PARAMETERS), ...parameters('header', REQUEST_HEADERS) },
      headers: mapValues(ANSWER_HEADERS, (text) => ({ ...described(text), schema: { type: 'string' } })),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function paths(observed: ReadonlyMap<string, Observed>): Schema {
  const byPath = Map.groupBy(API_OPERATIONS, ({ path }) => path)
  return Object.fromEntries(
    [...byPath].map(([path, operations]) => [
      path,
      {
        ...pathItem(path),
        ...Object.fromEntries(
          operations.map((operation) => [
            operation.method.toLowerCase(),
            operationItem(operation, observed.get(`${operation.method} ${path}`)),
          ]),
        ),
      },
    ]),
  )
}

/** With the names in the path, which all its operations share, and the header that names the basin of a stream. */
function pathItem(path: string): Schema {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const basin = path.startsWith('/v1/streams') ? [parameterRef('s2-basin')] : []
  return { parameters: [...names, ...basin] }
}

function operationItem(
  { name, does, query = [], headers = [], answer }: ApiOperation,
  seen?: Observed,
): Schema {
  const { request } = BODIES[name] ?? {}
  return {
    operationId: name,
    summary: described(does).description,
    'x-requirements': [...idsIn(does), ...idsIn(answer)],
    parameters: [...query, ...headers.filter((header) => !NOT_PARAMETERS.has(header))].map(parameterRef),
    ...(request !== undefined && { requestBody: { required: true, content: json(request) } }),
    responses: responses(name, answer, seen),
  }
}

/** OpenAPI describes these by the content of a body. */
const NOT_PARAMETERS: ReadonlySet<string> = new Set(['accept', 'content-type'])

function responses(name: string, answer: string, seen: Observed | undefined): Schema {
  const accepted = [...answer.matchAll(/`(\d{3})`/g)].map(([, status = '']) => status)
  const { answer: schema } = BODIES[name] ?? {}
  const refusals = Map.groupBy(seen?.outcomes.keys() ?? [], (outcome) => outcome.slice(0, 3))
  return {
    ...Object.fromEntries(
      accepted.map((status) => [
        status,
        {
          description: described(answer).description,
          ...(schema !== undefined && { content: json(schema) }),
        },
      ]),
    ),
    ...Object.fromEntries(
      [...refusals]
        .filter(([status]) => Number(status) >= 400)
        .map(([status, outcomes]) => [status, refusal(status, outcomes)]),
    ),
  }
}

function refusal(status: string, outcomes: readonly string[]): Schema {
  const codes = outcomes.map((outcome) => outcome.slice(4)).filter(Boolean)
  const schema = REFUSALS[status] ?? (codes.length === 0 ? undefined : 'Error')
  return {
    description: codes.length === 0 ? `Refused with ${status}` : codes.toSorted().join(', '),
    ...(schema !== undefined && { content: json(schema) }),
  }
}

/** These have no code. */
const REFUSALS: Readonly<Record<string, string>> = { 412: 'ConditionFailed', 416: 'Tail' }

const json = (name: string): Schema => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
})

const parameterRef = (name: string): Schema => ({ $ref: `#/components/parameters/${name}` })

const parameters = (where: 'query' | 'header', fields: Readonly<Record<string, string>>): Schema =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== 'authorization' && !NOT_PARAMETERS.has(name))
      .map(([name, text]) => [
        name,
        { name, in: where, ...described(text), schema: PARAMETER_SCHEMAS[name] ?? { type: 'string' } },
      ]),
  )

/** A text and the ids that it names, apart from each other. */
function described(text: string): {
  readonly description: string
  readonly 'x-requirements': readonly string[]
} {
  return { description: text.replaceAll(/ ?\[[A-Z0-9-]+\]/g, ''), 'x-requirements': idsIn(text) }
}

const idsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\[([A-Z0-9-]+)\]/g)].map(([, id = '']) => id)

const mapValues = <T, R>(
  all: Readonly<Record<string, T>>,
  change: (value: T) => R,
): Readonly<Record<string, R>> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value)]))
