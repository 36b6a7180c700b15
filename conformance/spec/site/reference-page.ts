import { ERROR_CODES } from '../../../proto/error-codes.ts'
import { type Markup, markup, raw } from '../../../reports/markup.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import { CALL_OPERATIONS } from '../calls/operations.ts'
import type { Example } from '../capture/example.ts'
import {
  ANSWER_HEADERS,
  type Fields,
  JSON_OBJECTS,
  QUERY_PARAMETERS,
  REQUEST_HEADERS,
} from '../reference/fields.ts'
import { apiLimits } from '../reference/limits.ts'
import { type Observed, observedIn } from '../reference/observed.ts'
import { openApi } from '../reference/openapi.ts'
import { API_OPERATIONS, type ApiOperation } from '../reference/operations.ts'
import { readSource } from '../source/check-texts.ts'
import { highlightBlock } from './highlight.ts'
import { inlineMarkdown, markdown, scrolling } from './markdown.ts'
import type { ContentsItem, Page, SiteFile } from './page.ts'
import type { SearchEntry } from './search-data.ts'
import { sessionsReference } from './sessions-reference.ts'

/** The whole API on one page, and what the search finds of it. */
export async function referencePage(examples: readonly Example[]): Promise<{
  readonly page: Page
  readonly fields: readonly SearchEntry[]
  readonly files: readonly SiteFile[]
}> {
  const observed = observedIn(examples)
  const sections: readonly (readonly [anchor: string, title: string, content: Markup])[] = [
    ['operations', 'Operations', operationList(observed)],
    ['query-parameters', 'Query parameters', fieldsTable('query', QUERY_PARAMETERS)],
    ['request-headers', 'Request headers', fieldsTable('header', REQUEST_HEADERS)],
    ['answer-headers', 'Answer headers', fieldsTable('answer', ANSWER_HEADERS)],
    ['json-bodies', 'JSON bodies', markup`${JSON_OBJECTS.map(objectTable)}`],
    ['errors', 'Errors', errorTable()],
    ...sessionsReference(),
    ['messages', 'Protobuf messages', highlightBlock(await readSource('proto/s2.proto'), 'proto')],
    ['limits', 'Limits', await limitsTable()],
  ]
  const main = markup`<h1>API reference</h1>
<p>All paths, parameters, bodies, headers, errors, events and frames of S2 in one place. Each entry links to its requirement. The JSON forms are also an <a href="openapi.json">OpenAPI document</a>.</p>
${sections.map(([anchor, title, content]) => markup`<h2 id="${anchor}"><a class="anchor" href="#${anchor}">${title}</a></h2>\n${content}`)}`
  const contents: readonly ContentsItem[] = sections.map(([anchor, title]) => ({ anchor, title }))
  return {
    page: { slug: 'reference', title: 'API reference', main, contents },
    fields: searchEntries(),
    files: [{ path: 'openapi.json', text: `${JSON.stringify(openApi(observed), null, 2)}\n` }],
  }
}

const table = (heads: readonly string[], rows: readonly Markup[]): Markup =>
  raw(
    scrolling(
      markup`<table><thead><tr>${heads.map((head) => markup`<th>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`
        .text,
    ),
  )

function operationList(observed: ReadonlyMap<string, Observed>): Markup {
  return markup`${API_OPERATIONS.map((operation) => {
    const { name, method, path, does, answer } = operation
    const outcomes = [...(observed.get(`${method} ${path}`)?.outcomes ?? [])].toSorted()
    return markup`<section class="row" id="op-${name}"><h3><code><b>${method}</b> ${path}</code> <a class="n anchor" href="#op-${name}">${name}</a></h3>
<p>${inlineMarkdown(does)}</p>
<dl class="facts">${inputs(operation)}<dt>Answer</dt><dd>${inlineMarkdown(answer)}</dd>${refusals(outcomes)}${calls(name)}</dl></section>
`
  })}`
}

/** The refusals among the captured answers, each with a requirement that shows it. */
function refusals(outcomes: readonly (readonly [outcome: string, id: string])[]): Markup | undefined {
  const refused = outcomes.filter(([outcome]) => Number.parseInt(outcome, 10) >= 400)
  if (refused.length === 0) return undefined
  return markup`<dt>Refusals</dt><dd>${refused.map(
    ([outcome, id], index) => markup`${index === 0 ? '' : ', '}<code>${outcome}</code> ${inlineMarkdown(id)}`,
  )}</dd>`
}

/** The calls of the clients that make this request. */
function calls(operation: string): Markup {
  const links = CALL_OPERATIONS.filter((call) => call.operation === operation).map(
    ({ name, title }, index) => markup`${index === 0 ? '' : ', '}<a href="calls.html#${name}">${title}</a>`,
  )
  return markup`<dt>SDKs</dt><dd>${links}</dd>`
}

function inputs({ query = [], headers = [], body = [] }: ApiOperation): Markup {
  const list = (label: string, kind: string, names: readonly string[]): Markup | undefined =>
    names.length === 0
      ? undefined
      : markup`<dt>${label}</dt><dd>${names.map((name, index) => markup`${index === 0 ? '' : ', '}${fieldLink(kind, name)}`)}</dd>`
  return markup`${list('Query', 'query', query)}${list('Headers', 'header', headers)}${list('Body', '', body)}`
}

const fieldLink = (kind: string, name: string): Markup =>
  kind === '' ? markup`<code>${name}</code>` : markup`<a href="#${kind}-${name}"><code>${name}</code></a>`

const fieldsTable = (kind: string, fields: Fields): Markup =>
  table(
    ['Name', 'Meaning'],
    Object.entries(fields).map(
      ([name, text]) =>
        markup`<tr id="${kind}-${name}"><td><code>${name}</code></td><td>${inlineMarkdown(text)}</td></tr>\n`,
    ),
  )

const objectTable = ({ name, fields }: (typeof JSON_OBJECTS)[number]): Markup =>
  markup`<h3 id="object-${name}">${name}</h3>${fieldsTable(name, fields)}`

/** From the table of codes that the reference server uses, and the row of each code. */
function errorTable(): Markup {
  const rows = Object.entries(ERROR_CODES)
    .toSorted(([, one], [, other]) => one.status - other.status)
    .map(([code, { status, retryable, sideEffects }]) => {
      const row = catalogue.find(({ id, title }) => id.startsWith('ERR-') && title === `\`${code}\``)
      return markup`<tr id="error-${code}"><td>${status}</td><td><code>${code}</code></td><td>${retryable ? 'yes' : 'no'}</td><td>${sideEffects ? 'possible' : 'none'}</td><td>${inlineMarkdown(row?.id ?? '')}</td></tr>\n`
    })
  return markup`${markdown('A 412 and a 416 have no code: see [errors](errors.html). [ERR-029] [ERR-030]')}${table(['Status', 'Code', 'Retry', 'Effects', 'Requirement'], rows)}`
}

async function limitsTable(): Promise<Markup> {
  const rows = (await apiLimits()).map(
    ({ name, text, value }) =>
      markup`<tr><td>${value}</td><td>${inlineMarkdown(text)}</td><td><code>${name}</code></td></tr>\n`,
  )
  return table(['Value', 'Meaning', 'Constant'], rows)
}

function searchEntries(): readonly SearchEntry[] {
  const plain = (text: string): string => text.replaceAll(/`| ?\[[A-Z0-9-]+\]/g, '')
  const fields = (where: string, kind: string, all: Fields): readonly SearchEntry[] =>
    Object.entries(all).map(([name, text]) => ({
      kind: 'field',
      id: name,
      title: where,
      text: plain(text),
      url: `reference.html#${kind}-${name}`,
    }))
  return [
    ...fields('query parameter', 'query', QUERY_PARAMETERS),
    ...fields('request header', 'header', REQUEST_HEADERS),
    ...fields('answer header', 'answer', ANSWER_HEADERS),
    ...JSON_OBJECTS.flatMap(({ name, fields: own }) => fields(`member of ${name}`, name, own)),
    ...Object.entries(ERROR_CODES).map(
      ([code, { status, retryable }]): SearchEntry => ({
        kind: 'error',
        id: code,
        title: `error code, status ${status}`,
        text: retryable ? 'Retryable.' : 'Not retryable.',
        url: `reference.html#error-${code}`,
      }),
    ),
    ...API_OPERATIONS.map(
      ({ name, method, path, does }): SearchEntry => ({
        kind: 'field',
        id: name,
        title: `${method} ${path}`,
        text: plain(does),
        url: `reference.html#op-${name}`,
      }),
    ),
  ]
}
