import type { Clock } from '../environment.ts'

/** A request as the server received it. Tokens and keys are redacted from the path; the query is left out. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** First operation of the route, such as `append`; undefined for a path or method without a route. */
  readonly operation: string | undefined
  readonly basin: string | undefined
  readonly stream: string | undefined
  /** Undefined while no answer was sent, and for a connection that was cut before it. */
  readonly status: number | undefined
  /** Unix milliseconds of the server's clock at which the request arrived. */
  readonly time: bigint
}

export interface OpenSession {
  readonly kind: 'append' | 'read'
  readonly transport: 's2s' | 'sse'
  readonly basin: string
  readonly stream: string
  /** Unix milliseconds of the server's clock. */
  readonly since: bigint
}

/** A request that the HTTP layer reports when it arrives. */
export interface ArrivedRequest extends Omit<SeenRequest, 'status' | 'time'> {
  readonly session: Pick<OpenSession, 'kind' | 'transport'> | undefined
  /** Status of the answer whose head was sent. */
  readonly statusNow: () => number | undefined
}

interface Entry {
  seen: SeenRequest
  /** Undefined once the request is over. */
  open: ArrivedRequest | undefined
}

/** Keeps the last requests of a server, and which sessions are open. */
export class RequestLog {
  readonly #clock: Clock
  #entries: Entry[] = []
  #open: Set<Entry> = new Set()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Returns a function to call when the request is over. */
  arrived(request: ArrivedRequest): () => void {
    const { method, path, operation, basin, stream } = request
    const seen = { method, path, operation, basin, stream, status: undefined, time: this.#clock.now() }
    const entry: Entry = { seen, open: request }
    this.#entries.push(entry)
    if (this.#entries.length > MAX_REQUESTS) this.#entries.shift()
    this.#open.add(entry)
    return () => {
      entry.seen = snapshot(entry)
      entry.open = undefined
      this.#open.delete(entry)
    }
  }

  requests(): readonly SeenRequest[] {
    return this.#entries.map(snapshot)
  }

  sessions(): readonly OpenSession[] {
    return [...this.#open].flatMap(({ seen, open }) => {
      const { basin, stream, time } = seen
      const isOpen = open?.session !== undefined && open.statusNow() === 200
      if (!isOpen || basin === undefined || stream === undefined) return []
      return [{ ...open.session, basin, stream, since: time }]
    })
  }

  reset(): void {
    this.#entries = []
    this.#open = new Set()
  }
}

/** Older requests are forgotten. */
const MAX_REQUESTS = 1000

const snapshot = ({ seen, open }: Entry): SeenRequest =>
  open === undefined ? seen : { ...seen, status: open.statusNow() }
