import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { sendEmpty } from '../bodies/answer.ts'

/** The texts of the specification by example, by their paths below `/docs/`. */
export type Docs = ReadonlyMap<string, string>

/** Reads the pages that the build packs: gzip of one JSON object, from paths to texts. Rejects with Node's error. */
export async function readDocs(file: string): Promise<Docs> {
  const text = String(await promisify(gunzip)(await readFile(file)))
  return new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>))
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
}

/** Scripts send requests to this server and to no other. */
const POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `GET /docs`: the pages of the specification, without a token, as they hold no data of the server. */
export function serveDocs(app: FastifyInstance, docs: Docs): void {
  app.get('/docs', async (_request, reply) => sendEmpty(reply.header('location', '/docs/index.html'), 308))
  app.get('/docs/*', async ({ url }, reply) => {
    const path = url.replace(/^\/docs\//, '').replace(/\?.*/s, '')
    const text = docs.get(path)
    if (text === undefined) return sendEmpty(reply, 404)
    return reply
      .header('content-security-policy', POLICY)
      .header('x-content-type-options', 'nosniff')
      .type(TYPES[path.replace(/.*\./, '')] ?? 'text/plain; charset=utf-8')
      .send(Buffer.from(text))
  })
}
