import type { Answer } from '../answer.ts'
import { rememberAsked } from '../asked.ts'
import type { Exchange, ReceivedAnswer } from '../exchange.ts'
import type { RawRequest, SendRaw } from '../raw.ts'
import { readErrorBody, readJson } from '../read-answer.ts'
import { bytes } from '../records.ts'

/** Raw requests to the account's endpoint, or to that of a basin. */
export function createSendRaw(exchange: Exchange, basin?: string): SendRaw {
  return async (request) => {
    const { method, path, http, without, prefix, impatient, spelling } = request
    const body = typeof request.body === 'string' ? bytes(request.body) : request.body
    const received = await exchange.send({
      method,
      path,
      headers: headersOf(request),
      ...(basin !== undefined && { basin }),
      ...(body !== undefined && { body }),
      ...(http !== undefined && { http }),
      ...(without !== undefined && { without }),
      ...(prefix !== undefined && { prefix }),
      ...(impatient !== undefined && { impatient }),
      ...(spelling !== undefined && { spelling }),
    })
    return toAnswer(received)
  }
}

function headersOf({ headers = {}, body }: RawRequest): Readonly<Record<string, string>> {
  const names = Object.keys(headers).map((name) => name.toLowerCase())
  if (body === undefined || names.includes('content-type')) return headers
  return { 'content-type': 'application/json', ...headers }
}

/** Any body is taken: judging it is what raw requests are for. */
function toAnswer(received: ReceivedAnswer): Answer<unknown> {
  const { status, headers, body, asked } = received
  const isSuccess = status >= 200 && status < 300
  const error = isSuccess ? undefined : readErrorBody(body)
  return rememberAsked({ status, headers, body, value: readJson(body), error }, asked)
}
