import { type Markup, markup } from '../../../reports/markup.ts'
import { CALL_CLIENTS, type CallClient, type ClientName, clientVersions } from '../calls/clients.ts'
import { CALL_OPERATIONS, type CallOperation } from '../calls/operations.ts'
import { readSentCalls, type SentCall, type SentCalls } from '../calls/sent-calls.ts'
import { snippetOf } from '../calls/snippets.ts'
import { highlightBlock } from './highlight.ts'
import { codeBlock, inlineMarkdown } from './markdown.ts'
import type { Page, SiteFile } from './page.ts'

type Versions = Readonly<Record<ClientName, string>>

/** The page of all calls, and the same as data for the examples, which load it when one is opened. */
export async function callsPage(): Promise<{ readonly page: Page; readonly file: SiteFile }> {
  const versions = await clientVersions()
  const sent = readSentCalls()
  const tabs = CALL_OPERATIONS.map((operation) => [operation, tabsOf(operation, sent, versions)] as const)
  const main = markup`<h1>SDKs and CLI</h1>
<p>Each call of S2 in its official clients: ${CALL_CLIENTS.map(({ name }, index) => markup`${index === 0 ? '' : ', '}<code>${versions[name]}</code>`)}.
Every snippet is executed with its client, and the request that it makes is compared with the one shown here. The clients find token and server in <code>S2_ACCESS_TOKEN</code>, <code>S2_ACCOUNT_ENDPOINT</code> and <code>S2_BASIN_ENDPOINT</code>.</p>
${tabs.map(
  ([
    { name, title, operation, request },
    all,
  ]) => markup`<section class="row" id="${name}"><h3><a class="anchor" href="#${name}">${title}</a></h3>
<p><code><b>${request.method}</b> ${request.path}${queryOf(request)}</code> <a class="n" href="reference.html#op-${operation}">${operation}</a></p>
${request.body === undefined ? undefined : codeBlock(JSON.stringify(request.body))}${all}</section>
`,
)}`
  const data = Object.fromEntries(tabs.map(([{ name }, { text }]) => [name, text]))
  return {
    page: {
      slug: 'calls',
      title: 'SDKs and CLI',
      main,
      contents: CALL_OPERATIONS.map(({ name, title }) => ({ anchor: name, title })),
    },
    file: { path: 'assets/calls-data.js', text: `window.S2_CALLS=${JSON.stringify(data)}\n` },
  }
}

function queryOf({ query, session }: CallOperation['request']): string {
  const parameters = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value}`)
  const words = session === undefined ? '' : ` (${session} session)`
  return `${parameters.length === 0 ? '' : `?${parameters.join('&')}`}${words}`
}

/** One section for each client; a script makes tabs of them. */
const tabsOf = (operation: CallOperation, sent: SentCalls, versions: Versions): Markup =>
  markup`<div class="tabs">${CALL_CLIENTS.map((client) => tabOf(client, operation, sent[operation.name]?.[client.name], versions))}</div>`

function tabOf(
  client: CallClient,
  { name, missing }: CallOperation,
  sent: SentCall | undefined,
  versions: Versions,
): Markup {
  const why = missing?.[client.name]
  const content =
    why === undefined
      ? markup`${highlightBlock(snippetOf(client, name), client.language)}${sentNote(sent)}`
      : markup`<p class="omitted">No such call in <code>${versions[client.name]}</code>: ${inlineMarkdown(why)}.</p>`
  return markup`<section data-client="${client.name}"><p class="client">${client.title}</p>${content}</section>`
}

const ENCODINGS = {
  json: undefined,
  protobuf: 'in protobuf instead of JSON',
  s2s: 'as an S2S session',
} as const

/** How the client's request differs from the JSON request that the page shows. */
function sentNote(sent: SentCall | undefined): Markup | undefined {
  if (sent === undefined) return undefined
  const { encoding, headers = [], defaults = [] } = sent
  const parts = [
    ENCODINGS[encoding],
    headers.length === 0 ? undefined : `with ${headers.map((name) => `\`${name}\``).join(', ')}`,
    defaults.length === 0
      ? undefined
      : `with the default ${defaults.map((text) => `\`${text}\``).join(', ')}`,
  ].filter((part) => part !== undefined)
  return parts.length === 0
    ? undefined
    : markup`<p class="omitted">Sent ${inlineMarkdown(parts.join(', '))}.</p>`
}
