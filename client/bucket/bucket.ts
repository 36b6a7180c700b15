import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { StorageSwitch } from '../storage-switch.ts'
import { Gate } from './gate.ts'
import { Objects } from './objects.ts'
import { answer, type BucketAnswer, type BucketRequest, isChange, refusal } from './requests.ts'
import { Uploads } from './uploads.ts'

/** A bucket of S3 on this machine, in memory, whose changes can be stalled and failed. */
export interface Bucket {
  readonly name: string
  /** Where it is and how to get in, as clients of S3 read it. */
  readonly env: Readonly<Record<string, string>>
  readonly switch: StorageSwitch
  close(): Promise<void>
}

const NAME = 's2-conformance'

export async function startBucket(): Promise<Bucket> {
  const objects = new Objects()
  const uploads = new Uploads()
  const gate = new Gate()
  const server = http.createServer((incoming, outgoing) => {
    serve(incoming, objects, uploads, gate).then(
      (answered) => send(outgoing, answered),
      // A client that went away before its request was whole.
      () => outgoing.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = `http://127.0.0.1:${port}`
  return {
    name: NAME,
    env: {
      AWS_ENDPOINT_URL_S3: url,
      AWS_ENDPOINT_URL: url,
      AWS_ALLOW_HTTP: 'true',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'nobody',
      AWS_SECRET_ACCESS_KEY: 'nothing',
    },
    switch: gate,
    async close() {
      gate.set({ mode: 'failing' })
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function serve(
  incoming: IncomingMessage,
  objects: Objects,
  uploads: Uploads,
  gate: Gate,
): Promise<BucketAnswer> {
  const request = await read(incoming)
  if (request === undefined) return refusal(404, 'NoSuchBucket')
  const passage = isChange(request) ? await gate.pass() : 'done'
  if (passage === 'refused') return refusal(503, 'SlowDown')
  if (passage === 'lost') return answer(request, new Objects(), uploads)
  return answer(request, objects, uploads)
}

/** The request of a path-style URL, `/bucket/key`; undefined for another bucket. */
async function read(incoming: IncomingMessage): Promise<BucketRequest | undefined> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost')
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const [, bucket, ...key] = pathname.split('/')
  if (bucket !== NAME) return undefined
  return {
    method: incoming.method ?? '',
    key: key.map(decodeURIComponent).join('/'),
    query: searchParams,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value[0] : value,
      ]),
    ),
    body: Buffer.concat(chunks),
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: BucketAnswer): void {
  outgoing.writeHead(status, headers).end(body)
}
