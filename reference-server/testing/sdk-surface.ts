import {
  type AppendSession,
  BatchSubmitTicket,
  BatchTransform,
  IndexedAppendAck,
  Producer,
  type ReadSession,
  RecordSubmitTicket,
  S2,
  S2AccessTokens,
  S2Basin,
  S2Basins,
  S2Endpoints,
  S2Locations,
  S2Metrics,
  S2Stream,
  S2Streams,
} from '@s2-dev/streamstore'

/** The names of all that can be called on a value of this type; one more or less does not compile. */
type Calls<Type> = Record<
  { [Key in keyof Type]: Type[Key] extends (...args: never) => unknown ? Key : never }[keyof Type] & string,
  true
>

const basins: Calls<S2Basins> = {
  list: true,
  listAll: true,
  create: true,
  getConfig: true,
  delete: true,
  ensure: true,
  reconfigure: true,
}
const streams: Calls<S2Streams> = {
  list: true,
  listAll: true,
  create: true,
  getConfig: true,
  delete: true,
  ensure: true,
  reconfigure: true,
}
const accessTokens: Calls<S2AccessTokens> = { list: true, listAll: true, issue: true, revoke: true }
const locations: Calls<S2Locations> = { list: true, getDefault: true, setDefault: true }
const metrics: Calls<S2Metrics> = { account: true, basin: true, stream: true }
const client: Calls<S2> = { basin: true }
const basin: Calls<S2Basin> = { stream: true }
const stream: Calls<S2Stream> = {
  withEncryptionKey: true,
  checkTail: true,
  read: true,
  append: true,
  readSession: true,
  appendSession: true,
  close: true,
}
const producer: Calls<Producer> = { submit: true, flush: true, close: true }
const ack: Calls<IndexedAppendAck> = { batchAppendAck: true, seqNum: true }
const ticket: Calls<BatchSubmitTicket> = { ack: true }
const recordTicket: Calls<RecordSubmitTicket> = { ack: true }
const endpoints: Calls<S2Endpoints> = { accountBaseUrl: true, basinBaseUrl: true }
const appendSession: Calls<AppendSession> = {
  submit: true,
  close: true,
  acks: true,
  lastAckedPosition: true,
  failureCause: true,
}
/** Without what every stream of the web has. */
const readSession: Omit<Calls<ReadSession>, keyof Calls<ReadableStream>> = {
  nextReadPosition: true,
  lastObservedTail: true,
  isCaughtUp: true,
  caughtUp: true,
}

const CLASSES: readonly (readonly [{ readonly name: string; readonly prototype: object }, object])[] = [
  [S2, client],
  [S2Basins, basins],
  [S2Streams, streams],
  [S2AccessTokens, accessTokens],
  [S2Locations, locations],
  [S2Metrics, metrics],
  [S2Basin, basin],
  [S2Stream, stream],
  [Producer, producer],
  [IndexedAppendAck, ack],
  [BatchSubmitTicket, ticket],
  [RecordSubmitTicket, recordTicket],
  [S2Endpoints, endpoints],
  [BatchTransform, { flush: true }],
]

/** Notes which of the SDK's calls are made from now on, on whatever object. */
export class SdkSurface {
  readonly #missing = new Set<string>()

  constructor() {
    for (const [{ name, prototype }, calls] of CLASSES) this.#watch(prototype, name, calls)
    // Sessions have no class that could be imported: each is watched as it is made.
    this.#watchMade('appendSession', 'AppendSession', appendSession)
    this.#watchMade('readSession', 'ReadSession', readSession)
  }

  /** Calls that nobody has made. */
  missing(): readonly string[] {
    return [...this.#missing].sort()
  }

  #watch(target: object, owner: string, calls: object): void {
    for (const name of Object.keys(calls)) {
      const original: unknown = Reflect.get(target, name)
      if (typeof original !== 'function') throw new Error(`${owner} has no ${name}`)
      const call = `${owner}.${name}`
      const missing = this.#missing
      missing.add(call)
      Reflect.set(target, name, function noticing(this: unknown, ...args: readonly unknown[]): unknown {
        missing.delete(call)
        return Reflect.apply(original, this, args)
      })
    }
  }

  #watchMade(maker: 'appendSession' | 'readSession', owner: string, calls: object): void {
    for (const name of Object.keys(calls)) this.#missing.add(`${owner}.${name}`)
    const make: unknown = Reflect.get(S2Stream.prototype, maker)
    if (typeof make !== 'function') throw new Error(`S2Stream has no ${maker}`)
    const called = (call: string): boolean => this.#missing.delete(call)
    Reflect.set(
      S2Stream.prototype,
      maker,
      async function making(this: S2Stream, ...args: readonly unknown[]) {
        const session: object = await Reflect.apply(make, this, args)
        for (const name of Object.keys(calls)) {
          const original: unknown = Reflect.get(session, name)
          if (typeof original !== 'function') throw new Error(`${owner} has no ${name}`)
          Reflect.set(session, name, (...given: readonly unknown[]): unknown => {
            called(`${owner}.${name}`)
            return Reflect.apply(original, session, given)
          })
        }
        return session
      },
    )
  }
}
