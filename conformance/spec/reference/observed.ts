import type { Example, ExampleAnswer, ExampleRequest } from '../capture/example.ts'

/** What the captured examples of one method and path show. */
export interface Observed {
  readonly query: Set<string>
  readonly headers: Set<string>
  readonly answerHeaders: Set<string>
  readonly body: Set<string>
  /** The first example of each status and error code, by `404 stream_not_found`. */
  readonly outcomes: Map<string, string>
}

const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/basins\/[^/]+$/, '/v1/basins/{basin}'],
  [/^\/v1\/streams\/[^/]+(\/records(?:\/tail)?)?$/, '/v1/streams/{stream}$1'],
  [/^\/v1\/access-tokens\/[^/]+$/, '/v1/access-tokens/{id}'],
  [/^\/v1\/metrics\/[^/]+$/, '/v1/metrics/{basin}'],
  [/^\/v1\/metrics\/[^/]+\/[^/]+$/, '/v1/metrics/{basin}/{stream}'],
]

/** By `METHOD /path/{name}`. Parameters, headers and bodies are those of requests that succeed. */
export function observedIn(examples: readonly Example[]): ReadonlyMap<string, Observed> {
  const observed = new Map<string, Observed>()
  for (const { id, exchanges } of examples) {
    for (const { request, answer } of exchanges) {
      if ('error' in answer) continue
      const one = observedOf(observed, `${request.method} ${templateOf(pathOf(request))}`)
      const outcome = `${answer.status} ${codeOf(answer)}`.trim()
      if (!one.outcomes.has(outcome)) one.outcomes.set(outcome, id)
      if (answer.status < 400) addNames(one, request, answer)
    }
  }
  return observed
}

type Answer = Exclude<ExampleAnswer, { readonly error: string }>

function addNames(one: Observed, request: ExampleRequest, answer: Answer): void {
  const [, query = ''] = request.path.split('?')
  for (const name of new URLSearchParams(query).keys()) one.query.add(name)
  for (const name of Object.keys(request.headers)) one.headers.add(name)
  for (const name of Object.keys(answer.headers)) one.answerHeaders.add(name)
  for (const name of request.body?.kind === 'text' ? membersOf(request.body.text) : []) one.body.add(name)
}

const pathOf = ({ path }: ExampleRequest): string => path.split('?')[0] ?? ''

const codeOf = ({ body }: Answer): string =>
  /"code":\s*"(\w+)"/.exec(body?.kind === 'text' ? body.text : '')?.[1] ?? ''

function observedOf(all: Map<string, Observed>, key: string): Observed {
  const fresh = {
    query: new Set<string>(),
    headers: new Set<string>(),
    answerHeaders: new Set<string>(),
    body: new Set<string>(),
    outcomes: new Map<string, string>(),
  }
  const one = all.get(key) ?? fresh
  all.set(key, one)
  return one
}

/** The path of an operation with the names in it replaced: `/v1/basins/{basin}`. */
export function templateOf(path: string): string {
  for (const [form, template] of PATHS) if (form.test(path)) return path.replace(form, template)
  return path
}

/** The members of a JSON object; none for a text that is not one, or that is cut. */
function membersOf(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
  } catch {
    return []
  }
}
