import type { RecordedExchange } from '../../../client/wire/recorded-exchange.ts'
import type { WireRequest } from '../../../client/wire/wire.ts'
import type { ExampleAnswer, ExampleExchange, ExampleRequest, MessageType } from './example.ts'
import { payloadOf } from './payload.ts'
import type { StableValues } from './stable-values.ts'

/** The exchanges as a page shows them, in the order in which they began. */
export async function exchangesOf(
  recorded: readonly RecordedExchange[],
  stable: StableValues,
): Promise<readonly ExampleExchange[]> {
  const shown: ExampleExchange[] = []
  for (const exchange of recorded) {
    stable.nextExchange()
    shown.push({ request: await requestOf(exchange, stable), answer: await answerOf(exchange, stable) })
  }
  return shown
}

async function requestOf(
  { request, uploads }: RecordedExchange,
  stable: StableValues,
): Promise<ExampleRequest> {
  const { method, path, http, headers } = request
  const contentType = headers['content-type'] ?? ''
  const bytes = uploads.length > 0 ? Buffer.concat(uploads) : (request.body ?? NOTHING)
  const body = await payloadOf(bytes, { contentType, type: 'AppendInput' }, stable)
  return {
    method,
    path: stable.text(path),
    http,
    headers: stableHeaders(headers, stable),
    ...(body !== undefined && { body }),
  }
}

async function answerOf(exchange: RecordedExchange, stable: StableValues): Promise<ExampleAnswer> {
  const { head, pieces, request } = exchange
  if (head === undefined || 'error' in head) return { error: 'no answer' }
  const bytes = Buffer.concat(pieces.flatMap(({ came }) => (came.kind === 'chunk' ? [came.bytes] : [])))
  const contentType = head.headers['content-type'] ?? ''
  const body = await payloadOf(bytes, { contentType, type: messageOf(request) }, stable)
  return {
    status: head.status,
    headers: stableHeaders(head.headers, stable),
    ...(body !== undefined && { body }),
  }
}

const messageOf = ({ method }: WireRequest): MessageType => (method === 'POST' ? 'AppendAck' : 'ReadBatch')

/** Headers of the transport differ from run to run and mean nothing to S2. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
])

const stableHeaders = (
  headers: Readonly<Record<string, string>>,
  stable: StableValues,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !LEFT_OUT.has(name) && !name.startsWith(':'))
      .map(([name, value]) => [
        name,
        name === 'authorization' ? 'Bearer $S2_ACCESS_TOKEN' : stable.text(value),
      ]),
  )

const NOTHING = new Uint8Array(0)
