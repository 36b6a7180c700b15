import type { FastifyInstance } from 'fastify'
import { checkTokenListing } from '../../semantics/resources/names.ts'
import { sendJson } from '../bodies/answer.ts'
import { requiredJson } from '../bodies/json-request.ts'
import { accepted, rejectIf } from '../errors.ts'
import { callerOf, operation } from '../hooks/operation.ts'
import { tokenInPath } from '../requests/path.ts'
import type { Services } from '../services.ts'
import { accessTokenPageToJson, readIssueRequest } from './access-token-json.ts'
import { parseListing } from './listing.ts'

/** `/access-tokens`: list, issue, revoke (CP-TOK rows). */
export function accessTokens(app: FastifyInstance, services: Services): void {
  const { backend, rules } = services

  app.get('/access-tokens', operation('list-access-tokens'), async (request, reply) => {
    const listing = callerOf(request).listAccessTokens(parseListing(request, checkTokenListing, rules.flavor))
    return sendJson(reply, accessTokenPageToJson(accepted(await backend.listAccessTokens(listing))))
  })

  app.post('/access-tokens', operation('issue-access-token'), async (request, reply) => {
    const caller = callerOf(request)
    const wanted = readIssueRequest(await requiredJson(request, services), rules)
    caller.accessToken(wanted.id)
    const { principal } = caller.credential
    const { secret } = accepted(await backend.issueAccessToken(principal, wanted))
    return sendJson(reply.code(201).header('cache-control', 'no-store'), { access_token: secret })
  })

  app.delete('/access-tokens/:id', operation('revoke-access-token'), async (request, reply) => {
    const id = callerOf(request).accessToken(tokenInPath(request, rules))
    rejectIf(await backend.revokeAccessToken(id))
    // A 204 has neither a body nor a length of one.
    return reply.code(204).send()
  })
}
