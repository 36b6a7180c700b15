import type { FastifyInstance } from 'fastify'
import { refuse } from '../semantics/refusal.ts'
import { checkTokenId, checkTokenListing, readIssueRequest } from './access-token-json.ts'
import { notImplemented, Refused } from './errors.ts'
import { requiredJson } from './json-request.ts'
import { parseListing } from './listing.ts'
import { parameter } from './path.ts'
import type { Services } from './services.ts'

/** `/access-tokens`: list, issue, revoke; only as far as a request can be wrong (CP-TOK-001). */
export function accessTokens(app: FastifyInstance, services: Services): void {
  app.get('/access-tokens', async (request) => {
    parseListing(request, checkTokenListing, services.rules.flavor)
    throw notImplemented('access tokens')
  })

  app.post('/access-tokens', async (request) => {
    readIssueRequest(await requiredJson(request, services), services.rules)
    throw notImplemented('access tokens')
  })

  app.delete('/access-tokens/:id', async (request) => {
    const misnamed = checkTokenId(parameter(request, 'id'))
    if (misnamed !== undefined) throw new Refused(refuse('bad_path', misnamed.misnamed))
    throw notImplemented('access tokens')
  })
}
