import { createServer } from 'node:http'
import Fastify, { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { API_PREFIX, HEADERS } from '../../proto/http.ts'
import { draining } from '../backend/refusals.ts'
import type { Refusal } from '../semantics/refusal.ts'
import { sendEmpty, sendJsonText } from './bodies/answer.ts'
import { releaseBodies } from './bodies/body.ts'
import { compressAnswers, refuseUnknownCodings } from './bodies/compression.ts'
import { MAX_HEAD_BYTES } from './connections/head-limit.ts'
import { answerMalformed } from './connections/malformed.ts'
import { oneAtATime } from './connections/one-at-a-time.ts'
import { HEAD_CHECK_INTERVAL_MS, HEAD_LIMIT_MS, IDLE_LIMIT_MS } from './connections/timeouts.ts'
import { Refused, refusalFor } from './errors.ts'
import { limitUnsentAnswers } from './flow-control/unsent-answer.ts'
import { takeBasinFromHost } from './hooks/basin-host.ts'
import { allowOrigins, type Cors } from './hooks/cors.ts'
import { countOperations } from './hooks/count-operations.ts'
import { countRequests } from './hooks/count-requests.ts'
import { guardHost } from './hooks/host-guard.ts'
import { injectFaults } from './hooks/inject-faults.ts'
import { logRequests } from './hooks/log-requests.ts'
import { observeRequests } from './hooks/observe-requests.ts'
import { authorize } from './hooks/operation.ts'
import { records } from './records/records.ts'
import { tail } from './records/tail.ts'
import { METHODS_WITH_BODY, watchMethods } from './requests/methods.ts'
import { onRequest } from './requests/on-request.ts'
import { routable } from './requests/path.ts'
import { refuseMalformedHeads } from './requests/request-head.ts'
import { originForm, refuseRepeatedHeaders } from './requests/request-target.ts'
import { refuseTransferCodings } from './requests/transfer-codings.ts'
import { accessTokens } from './resources/access-tokens.ts'
import { basins } from './resources/basins.ts'
import { type Docs, serveDocs } from './resources/docs.ts'
import { health, prometheus } from './resources/health.ts'
import { locations } from './resources/locations.ts'
import { metrics } from './resources/metrics.ts'
import { streams } from './resources/streams.ts'
import type { Services } from './services.ts'

export interface AppOptions {
  /** Serve only requests that were made for a loopback host. */
  readonly loopbackOnly: boolean
  readonly cors: Cors
  /** Names below it choose the basin. */
  readonly basinDomain?: string | undefined
  /** Pages to serve below `/docs/`. */
  readonly docs?: Docs | undefined
}

/** All routes. Its server never listens: the front door hands it the requests of both HTTP versions. */
export function createApp(services: Services, options: AppOptions): FastifyInstance {
  const app = Fastify({
    serverFactory: (handle) => createServer(HTTP1_LIMITS, oneAtATime(handle)),
    rewriteUrl: (request) => routable(originForm(request)),
    routerOptions: { maxParamLength: MAX_HEAD_BYTES, querystringParser: () => ({}) },
    return503OnClosing: false,
    clientErrorHandler: () => {},
  })
  // Handlers read bodies themselves, once headers, path and query are known to be good (CP-RT-008).
  for (const method of METHODS_WITH_BODY) {
    app.addHttpMethod(method, { hasBody: false, overrideExisting: true })
  }
  countRequests(app, services)
  logRequests(app, services)
  observeRequests(app, services)
  answerMalformed(app.server, services)
  answerRefusals(app, services)
  refuseTransferCodings(app)
  refuseMalformedHeads(app)
  refuseRepeatedHeaders(app)
  if (options.loopbackOnly) guardHost(app, options.basinDomain)
  if (options.cors !== 'none') allowOrigins(app, options.cors)
  if (options.basinDomain !== undefined) takeBasinFromHost(app, options.basinDomain)

  limitUnsentAnswers(app, services)
  health(app, services)
  prometheus(app, services)
  if (options.docs !== undefined) serveDocs(app, options.docs)
  app.register(async (v1) => api(v1, services), { prefix: API_PREFIX })
  return app
}

const HTTP1_LIMITS = {
  maxHeaderSize: MAX_HEAD_BYTES,
  headersTimeout: HEAD_LIMIT_MS,
  connectionsCheckingInterval: HEAD_CHECK_INTERVAL_MS,
  // Sessions have no end; the reader of unary bodies has a limit of its own.
  requestTimeout: 0,
  keepAliveTimeout: IDLE_LIMIT_MS,
}

/** The routes of the API, each with its operation. */
export function api(v1: FastifyInstance, services: Services): void {
  refuseWhileDraining(v1, services)
  authorize(v1, services)
  countOperations(v1, services)
  refuseUnknownCodings(v1)
  compressAnswers(v1, services)
  injectFaults(v1, services)
  releaseBodies(v1)
  basins(v1, services)
  streams(v1, services)
  records(v1, services)
  tail(v1, services)
  accessTokens(v1, services)
  metrics(v1, services)
  locations(v1, services)
}

/** What comes on a connection that was there before; nothing of it is done (ERR-022). */
function refuseWhileDraining(v1: FastifyInstance, { backend }: Services): void {
  onRequest(v1, () => {
    if (backend.drain.phase !== 'serving') throw new Refused(draining())
    return undefined
  })
}

/** The one place where a thrown refusal becomes an answer, always JSON (RTE-012). */
function answerRefusals(app: FastifyInstance, { wire, report }: Services): void {
  const answerUnknown = unknownPathHandler(app)
  app.setNotFoundHandler(answerUnknown)
  app.setErrorHandler(async (error, request, reply) => {
    // HTTP/2 brings methods that Fastify has no not-found route for.
    if (error instanceof errorCodes.FST_ERR_NOT_FOUND) return answerUnknown(request, reply)
    const refusal = refusalFor(error, report)
    const { status, json } = wire.renderRefusal(refusal)
    tellWhenToRetry(reply, refusal)
    if (status === 401) reply.header('www-authenticate', 'Bearer')
    return sendJsonText(reply.code(status), json)
  })
}

/** CP-RT-045. */
function tellWhenToRetry(reply: FastifyReply, refusal: Refusal): void {
  if (refusal.refusal !== 'error' || refusal.retryAfter === undefined) return
  reply.header(HEADERS.retryAfterMs, String(refusal.retryAfter))
}

/** Without a body: they are no refusals of the API (RTE-013, CP-RT-040). */
function unknownPathHandler(
  app: FastifyInstance,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const allowedMethods = watchMethods(app)
  return async ({ url }, reply) => {
    const allowed = allowedMethods(url.replace(/\?.*/s, ''))
    return allowed === undefined ? sendEmpty(reply, 404) : sendEmpty(reply.header('allow', allowed), 405)
  }
}
