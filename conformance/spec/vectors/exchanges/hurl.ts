import { row } from '../../../catalogue/catalogue.ts'
import { kindOf, MAX_EXCHANGES, MAX_OF_A_KIND } from '../../capture/condense.ts'
import type { Example, ExampleExchange } from '../../capture/example.ts'
import { areaOf } from '../../capture/example-files.ts'

/** Bodies that are not text, and what Hurl cannot send. */
const isPlain = ({ request, answer }: ExampleExchange): boolean =>
  isText(request.body) && !('error' in answer) && isText(answer.body)

const isText = (body: ExampleExchange['request']['body']): boolean =>
  body === undefined || (body.kind === 'text' && body.omittedBytes === undefined)

/**
 * Reports whether an example holds every exchange of its check, so that it can be sent again. A capture keeps two exchanges
 * of a kind and six in all: fewer show that nothing was left out.
 */
export function isComplete({ exchanges }: Example): boolean {
  const kinds = [...Map.groupBy(exchanges, kindOf).values()]
  return exchanges.length < MAX_EXCHANGES && kinds.every((same) => same.length < MAX_OF_A_KIND)
}

/** Returns the unary examples that can be sent again as they are. */
export const replayable = (examples: readonly Example[]): readonly Example[] =>
  examples.filter(
    (example) =>
      (example.transport === 'json' || example.transport === 'base64') &&
      example.exchanges.every(isPlain) &&
      isComplete(example) &&
      !JSON.stringify(example).includes('token-1'),
  )

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
