import { row } from '../../../catalogue/catalogue.ts'
import { kindOf, MAX_OF_A_KIND } from '../../capture/condense.ts'
import type { Example, ExampleExchange } from '../../capture/example.ts'
import { areaOf } from '../../capture/example-files.ts'

/** Clients at the same time, a server that asks for tokens, and a body of its own: no file of requests in order shows these. */
const NOT_IN_ORDER = ['LIN-', 'DUR-', 'CP-RT-010', 'CP-RT-033', 'CP-RT-050', 'CP-STR-032', 'RTE-011']

const isInOrder = ({ id, exchanges }: Example): boolean =>
  !NOT_IN_ORDER.some((start) => id.startsWith(start)) &&
  exchanges.every(({ request }) => request.headers.authorization === undefined)

/** Text only; nothing that waits, and no path that clients rewrite. */
const isPlain = ({ request, answer }: ExampleExchange): boolean =>
  isText(request.body) &&
  !('error' in answer) &&
  isText(answer.body) &&
  request.headers.accept !== 'text/event-stream' &&
  !/wait=[1-9]|\/%2E/.test(request.path)

const isText = (body: ExampleExchange['request']['body']): boolean =>
  body === undefined || (body.kind === 'text' && body.omittedBytes === undefined)

/**
 * Returns the exchanges that can be sent again: a capture keeps two of a kind, so that those up to the second of any kind
 * are certainly all that the check sent until then.
 */
function completeStart(exchanges: readonly ExampleExchange[]): readonly ExampleExchange[] {
  const counts = new Map<string, number>()
  const isLast = (exchange: ExampleExchange): boolean => {
    const count = (counts.get(kindOf(exchange)) ?? 0) + 1
    counts.set(kindOf(exchange), count)
    return count === MAX_OF_A_KIND
  }
  const last = exchanges.findIndex(isLast)
  const start = last === -1 ? exchanges : exchanges.slice(0, last + 1)
  const strange = start.findIndex((exchange) => !isPlain(exchange))
  return strange === -1 ? start : start.slice(0, strange)
}

/** Returns the unary examples, as far as they can be sent again. */
export const replayable = (examples: readonly Example[]): readonly Example[] =>
  examples
    .filter(({ transport }) => transport === 'json' || transport === 'base64')
    .filter(isInOrder)
    .map((example) => ({ ...example, exchanges: completeStart(example.exchanges) }))
    .filter(({ exchanges }) => exchanges.length > 0)

/** Returns one Hurl file for each area. Variables: `base_url`, `basin`, `token`, and `run`, which makes names unique. */
export function hurlFiles(examples: readonly Example[]): readonly { path: string; text: string }[] {
  const byArea = Map.groupBy(replayable(examples), ({ id }) => areaOf(id))
  return [...byArea].map(([area, ofArea]) => ({
    path: `hurl/${area}.hurl`,
    text: ofArea.map(entries).join('\n'),
  }))
}

const entries = (example: Example): string =>
  `# ${example.id} ${row(example.id).title}\n${example.exchanges.map((one) => entry(example.id, one)).join('\n')}`

function entry(id: string, { request, answer }: ExampleExchange): string {
  const { method, path, headers, body } = request
  const status = 'error' in answer ? '*' : answer.status
  const asserted = 'error' in answer || answer.body?.kind !== 'text' ? [] : assertsOf(answer.body.text)
  const given = Object.entries(headers).filter(([name]) => name !== 'authorization')
  return [
    `${method} {{base_url}}${templated(id, path)}`,
    ...given.map(([name, value]) => `${name}: ${templated(id, value)}`),
    'authorization: Bearer {{token}}',
    ...(body?.kind === 'text' ? [`\`\`\`\n${templated(id, body.text)}\`\`\``] : []),
    `HTTP ${status}`,
    ...(asserted.length > 0 ? ['[Asserts]', ...asserted] : []),
    '',
  ].join('\n')
}

/** Names of a run become names of the reader's: `{{run}}-app-001-2` of `example-2`. */
export const templated = (id: string, text: string): string =>
  text.replaceAll('my-basin', '{{basin}}').replaceAll(/example-(\d+)/g, `{{run}}-${id.toLowerCase()}-$1`)

const JSON_NUMBER = /^-?\d{1,15}$/

/** Asserts the code of a refusal and the numbers that no clock gives. */
function assertsOf(text: string): readonly string[] {
  const code = /^\{"code":"(\w+)"/.exec(text)?.[1]
  if (code !== undefined) return [`jsonpath "$.code" == "${code}"`]
  return ['start', 'end', 'tail'].flatMap((position) => {
    const seqNum = new RegExp(`"${position}":\\{"seq_num":(\\d+)`).exec(text)?.[1]
    const isSmall = seqNum !== undefined && JSON_NUMBER.test(seqNum)
    return isSmall ? [`jsonpath "$.${position}.seq_num" == ${seqNum}`] : []
  })
}
