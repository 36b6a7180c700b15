import { isDeepStrictEqual } from 'node:util'
import {
  CALL_OPERATIONS,
  type CallOperation,
  type CallRequest,
} from '../../../conformance/spec/calls/operations.ts'
import { readSentCalls, type SentCall } from '../../../conformance/spec/calls/sent-calls.ts'
import { messageOf } from '../../../kit/message-of.ts'
import { startReferenceServer } from '../../../reference-server/index.ts'
import type { Client, TestResult } from '../client.ts'
import { clientEnvironment } from '../serve.ts'
import { LITE } from '../setup.ts'
import type { Workshop } from '../workshop.ts'
import type { Driver } from './driver.ts'
import { prepareServer } from './fixture.ts'
import { LANGUAGES, type Language } from './languages.ts'
import { startRecorder } from './recorder.ts'
import { decodeRequest, type SentRequest } from './request.ts'

const callsOf = ({ name }: Language): readonly CallOperation[] =>
  CALL_OPERATIONS.filter(({ missing }) => missing?.[name] === undefined)

/** Throws with both requests where none of those sent is the one that the page shows. */
function compare({ name }: Language, operation: CallOperation, sent: SentCall): void {
  const committed = readSentCalls()[operation.name]?.[name]
  if (!isDeepStrictEqual(committed, sent))
    throw new Error(`sent as ${JSON.stringify(sent)}, but sent-calls.json has ${JSON.stringify(committed)}`)
}

const SECONDS = 20

/**
 * Runs every snippet of a client against a server of its own, and calls `onSent` with the form of each request. The server
 * is in this process, since only that one can return to its initial state.
 */
export async function runCalls(
  language: Language,
  workshop: Workshop,
  onSent: (operation: CallOperation, sent: SentCall) => void,
): Promise<readonly TestResult[]> {
  await using server = await startReferenceServer()
  await using recorder = await startRecorder(server.url)
  const env = clientEnvironment(recorder.url)
  await using driver = language.start(workshop, { env, seconds: SECONDS })
  const results: TestResult[] = []
  for (const operation of callsOf(language)) {
    await server.reset()
    await prepareServer(server, operation.name)
    recorder.take()
    const error = await failureOf(driver, operation, () =>
      onSent(operation, formOf(operation, recorder.take())),
    )
    results.push({
      test: operation.name,
      outcome: error === undefined ? 'passed' : 'failed',
      output: error ?? '',
    })
  }
  return results
}

async function failureOf(
  driver: Driver,
  { name }: CallOperation,
  check: () => void,
): Promise<string | undefined> {
  try {
    await driver.call(name)
    check()
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

/** Finds the request of a call among those sent. Throws where there is none, or more than one. */
function formOf({ request }: CallOperation, sent: readonly SentRequest[]): SentCall {
  const decoded = sent.map(decodeRequest)
  const isExpected = (one: (typeof decoded)[number]): boolean => isSameRequest(one.request, request)
  const [found, ...more] = decoded.filter(isExpected)
  if (found === undefined || more.length > 0) {
    const actual = decoded.map((one) => JSON.stringify(one.request)).join('\n')
    throw new Error(`expected ${JSON.stringify(request)}\nactual ${actual}`)
  }
  const also = decoded
    .filter((one) => one !== found)
    .map((one) => `${one.request.method} ${one.request.path}`)
  return {
    encoding: found.encoding,
    ...(found.defaults.length > 0 && { defaults: found.defaults }),
    ...(found.headers.length > 0 && { headers: found.headers }),
    ...(also.length > 0 && { also }),
  }
}

/** A client may send one request as a session: it is the same call, with the same parameters or the same batch. */
export function isSameRequest(actual: CallRequest, expected: CallRequest): boolean {
  const { session, body, ...rest } = actual
  const { session: expectedSession, body: expectedBody, ...expectedRest } = expected
  if (!isDeepStrictEqual(rest, expectedRest)) return false
  if (expectedSession !== undefined)
    return session === expectedSession && isDeepStrictEqual(body, expectedBody)
  return isDeepStrictEqual(
    session === 'append' && Array.isArray(body) && body.length === 1 ? body[0] : body,
    expectedBody,
  )
}

/** The snippets of the specification by example, each run with its client: do they make the request that the page shows? */
export const callClients: readonly Client[] = LANGUAGES.map((language) => ({
  name: `calls-${language.name}`,
  title: `${language.title}, the calls of the specification`,
  setup: LITE,
  leastTests: callsOf(language).length,
  needs: language.needs,
  run: (_, workshop) => runCalls(language, workshop, (operation, sent) => compare(language, operation, sent)),
}))
