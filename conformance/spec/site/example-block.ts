import { shellQuote } from '../../../kit/text/shell-word.ts'
import { type Markup, markup } from '../../../reports/markup.ts'
import { callFor } from '../calls/match-call.ts'
import type {
  Example,
  ExampleAnswer,
  ExampleExchange,
  ExampleRequest,
  Payload,
  ShownFrame,
  ShownMessage,
} from '../capture/example.ts'
import { codeBlock } from './markdown.ts'

/** The exchanges of an example as HTTP, and as commands, except those in `shown`, which a page shows already. */
export const exampleBlock = ({ transport, exchanges }: Example, shown: Set<string>): Markup =>
  markup`<details class="example"><summary>Example over <code>${transport}</code> <span class="n">${exchanges.length} ${exchanges.length === 1 ? 'exchange' : 'exchanges'}</span></summary>${exchanges.map((exchange) => exchangeBlock(exchange, shown))}</details>
`

/** One exchange; `after` follows its answer, and with `isCommand` false there is no command for it. */
export function exchangeBlock(
  exchange: ExampleExchange,
  shown: Set<string>,
  { after, isCommand = true }: { readonly after?: Markup | undefined; readonly isCommand?: boolean } = {},
): Markup {
  const { request, answer } = exchange
  const command = isCommand ? curlOf(request) : undefined
  const curl = command === undefined || shown.has(command) ? undefined : command
  if (curl !== undefined) shown.add(curl)
  return markup`<div class="exchange">
${messageText('request', requestText(request), request.body)}
${messageText(`answer ${toneOf(answer)}`, answerText(answer), 'error' in answer ? undefined : answer.body)}${after}
${curl === undefined ? undefined : markup`<details class="curl"><summary>curl</summary>${codeBlock(curl)}</details>`}${isCommand ? callBlock(exchange, shown) : undefined}
</div>`
}

/** The name of the call that makes this request, with the values that differ; a script adds the call in each client. */
function callBlock(exchange: ExampleExchange, shown: Set<string>): Markup | undefined {
  const call = callFor(exchange)
  if (call === undefined) return undefined
  const { operation, differences } = call
  const key = `call ${operation.name} ${differences.join()}`
  if (shown.has(key)) return undefined
  shown.add(key)
  return markup`<details class="call"><summary>SDKs and CLI</summary><p><a href="calls.html#${operation.name}">${operation.title}</a>${
    differences.length === 0
      ? undefined
      : markup`; in this request: ${differences.map((text, index) => markup`${index === 0 ? '' : ', '}<code>${text}</code>`)}`
  }</p></details>`
}

/** The head, with a body of text behind it, as it is on the wire; a body of another form follows. */
function messageText(className: string, head: string, body: Payload | undefined): Markup {
  const [start = '', ...headers] = head.split('\n')
  const text = body?.kind === 'text' ? `\n\n${body.text}` : ''
  return markup`<div class="${className}"><pre class="wire"><code><b>${start}</b>${headers.map((line) => `\n${line}`)}${text}</code></pre>${body?.kind === 'text' ? omitted(body.omittedBytes, 'bytes') : payloadBlock(body)}</div>`
}

const toneOf = (answer: ExampleAnswer): string =>
  'error' in answer || answer.status >= 400 ? 'refused' : 'accepted'

const requestText = ({ method, path, http, headers }: ExampleRequest): string =>
  [`${method} ${path} HTTP/${http}`, ...headerLines(headers)].join('\n')

const answerText = (answer: ExampleAnswer): string =>
  'error' in answer
    ? `(${answer.error})`
    : [`HTTP ${answer.status}`, ...headerLines(answer.headers)].join('\n')

const headerLines = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`)

function payloadBlock(payload: Payload | undefined): Markup | undefined {
  if (payload === undefined) return undefined
  switch (payload.kind) {
    case 'text':
      return codeBlock(payload.text)
    case 'bytes':
      return markup`${codeBlock(spaced(payload.hex))}${omitted(payload.omittedBytes, 'bytes')}`
    case 'message':
      return messageBlock(payload)
    case 'frames':
      return markup`<ol class="frames">${payload.frames.map(frameItem)}</ol>${omitted(payload.omittedFrames, 'frames')}`
  }
}

const messageBlock = ({ type, hex, fields, omittedBytes }: ShownMessage): Markup =>
  markup`<div class="message"><pre class="wire bytes"><code>${spaced(hex)}${omittedBytes === undefined ? undefined : ' …'}</code></pre>${fields === undefined ? undefined : markup`<pre class="wire"><code>${type === undefined ? undefined : markup`<b>${type}</b> `}${fields}</code></pre>`}${omitted(omittedBytes, 'bytes')}</div>`

/** The length and the flags are apart from each other. */
const frameItem = ({ head, meaning, payload }: ShownFrame): Markup =>
  markup`<li><code class="head"><span title="length">${spaced(head.slice(0, 6))}</span> <span title="flags">${spaced(head.slice(6))}</span></code> <span class="n">length ${Number.parseInt(head.slice(0, 6), 16)}, flags 0x${head.slice(6)}: ${meaning}</span>${messageBlock(payload)}</li>`

const omitted = (count: number | undefined, what: string): Markup | undefined =>
  count === undefined
    ? undefined
    : markup`<p class="omitted">${count.toLocaleString('en')} more ${what} not shown</p>`

const spaced = (hex: string): string => hex.replaceAll(/../g, '$& ').trimEnd()

/** The request as a command; undefined where its body is not text, or only a part of it is shown. */
function curlOf({ method, path, http, headers, body }: ExampleRequest): string | undefined {
  if (body !== undefined && (body.kind !== 'text' || body.omittedBytes !== undefined)) return undefined
  const words = ['curl', '-sSi', '--path-as-is']
  if (http === '2') words.push('--http2-prior-knowledge')
  if (method !== 'GET') words.push('-X', method)
  for (const [name, value] of Object.entries(headers)) {
    words.push(
      '-H',
      name === 'authorization' ? '"authorization: Bearer $S2_ACCESS_TOKEN"' : shellQuote(`${name}: ${value}`),
    )
  }
  if (body !== undefined) words.push('--data-binary', shellQuote(body.text))
  return [...words, shellQuote(`http://127.0.0.1:8080${path}`)].join(' ')
}
