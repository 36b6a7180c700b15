import { type IncomingHttpHeaders, request as send } from 'node:http'

/** One request of the corpus, sent alike to both servers. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What of an answer must be the same: times, and the words of a message, need not be. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

const HEADERS = ['content-type', 's2-provision-result', 'accept-encoding'] as const

/** Sends it on a connection of its own, with its body whole. */
export function ask(origin: string, { method, path, headers, body }: Request): Promise<Answer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const outgoing = send({
      hostname,
      port,
      method,
      path,
      agent: false,
      headers: { ...headers, ...(body !== undefined && { 'content-length': `${Buffer.byteLength(body)}` }) },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('error', reject)
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({
          status: response.statusCode ?? 0,
          headers: shown(response.headers),
          body: comparable(parsed(text)),
        })
      })
    })
    outgoing.end(body)
  })
}

function shown(headers: IncomingHttpHeaders): Record<string, string> {
  const allowed = headers.allow?.split(/,\s*/).sort().join(', ')
  const others = HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, `${headers[name]}`]]))
  return { ...Object.fromEntries(others), ...(allowed !== undefined && { allow: allowed }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Keys in order; what the clock or a writer decides is replaced by its name. */
function comparable(value: unknown, key = ''): unknown {
  if (key === 'message' || key === 'timestamp') return `<${key}>`
  if (key.endsWith('_at') && value !== null) return '<time>'
  if (Array.isArray(value)) return value.map((item) => comparable(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, member]) => [name, comparable(member, name)]))
}
