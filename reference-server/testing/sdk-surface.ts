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

/** Which of the stories tells of a call. */
export type SdkPart = 'account' | 'streams' | 'sessions'

/** The names of all that can be called on a value of this type; one more or less does not compile. */
type Calls<Type> = Record<
  { [Key in keyof Type]: Type[Key] extends (...args: never) => unknown ? Key : never }[keyof Type] & string,
  SdkPart
>

const basins: Calls<S2Basins> = {
  list: 'account',
  listAll: 'account',
  create: 'account',
  getConfig: 'account',
  delete: 'account',
  ensure: 'account',
  reconfigure: 'account',
}
const streams: Calls<S2Streams> = {
  list: 'account',
  listAll: 'account',
  create: 'account',
  getConfig: 'account',
  delete: 'account',
  ensure: 'account',
  reconfigure: 'account',
}
const accessTokens: Calls<S2AccessTokens> = {
  list: 'account',
  listAll: 'account',
  issue: 'account',
  revoke: 'account',
}
const locations: Calls<S2Locations> = { list: 'account', getDefault: 'account', setDefault: 'account' }
const metrics: Calls<S2Metrics> = { account: 'account', basin: 'account', stream: 'account' }
const client: Calls<S2> = { basin: 'account' }
const basin: Calls<S2Basin> = { stream: 'streams' }
const stream: Calls<S2Stream> = {
  withEncryptionKey: 'streams',
  checkTail: 'streams',
  read: 'streams',
  append: 'streams',
  readSession: 'sessions',
  appendSession: 'sessions',
  close: 'sessions',
}
const producer: Calls<Producer> = { submit: 'sessions', flush: 'sessions', close: 'sessions' }
const ack: Calls<IndexedAppendAck> = { batchAppendAck: 'sessions', seqNum: 'sessions' }
const ticket: Calls<BatchSubmitTicket> = { ack: 'sessions' }
const recordTicket: Calls<RecordSubmitTicket> = { ack: 'sessions' }
const endpoints: Calls<S2Endpoints> = { accountBaseUrl: 'account', basinBaseUrl: 'account' }
const appendSession: Calls<AppendSession> = {
  submit: 'sessions',
  close: 'sessions',
  acks: 'sessions',
  lastAckedPosition: 'sessions',
  failureCause: 'sessions',
}
/** Without what every stream of the web has. */
const readSession: Omit<Calls<ReadSession>, keyof Calls<ReadableStream>> = {
  nextReadPosition: 'sessions',
  lastObservedTail: 'sessions',
  isCaughtUp: 'sessions',
  caughtUp: 'sessions',
}

interface Class {
  readonly name: string
  readonly prototype: object
}

const CLASSES: readonly (readonly [Class, Readonly<Record<string, SdkPart>>])[] = [
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
  [BatchTransform, { flush: 'sessions' }],
]

const callsOf = (part: SdkPart, calls: Readonly<Record<string, SdkPart>>): readonly string[] =>
  Object.keys(calls).filter((name) => calls[name] === part)

/** Notes which of the calls of this part are made from now on, on whatever object. */
export class SdkSurface {
  readonly #missing = new Set<string>()

  constructor(part: SdkPart) {
    for (const [{ name, prototype }, calls] of CLASSES) this.#watch(prototype, name, callsOf(part, calls))
    if (part !== 'sessions') return
    // Sessions have no class that could be imported: each is watched as it is made.
    this.#watchMade('appendSession', 'AppendSession', Object.keys(appendSession))
    this.#watchMade('readSession', 'ReadSession', Object.keys(readSession))
  }

  /** Calls that nobody has made. */
  missing(): readonly string[] {
    return [...this.#missing].sort()
  }

  #watch(target: object, owner: string, names: readonly string[]): void {
    for (const name of names) {
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

  #watchMade(maker: 'appendSession' | 'readSession', owner: string, names: readonly string[]): void {
    for (const name of names) this.#missing.add(`${owner}.${name}`)
    const make: unknown = Reflect.get(S2Stream.prototype, maker)
    if (typeof make !== 'function') throw new Error(`S2Stream has no ${maker}`)
    const called = (call: string): boolean => this.#missing.delete(call)
    Reflect.set(
      S2Stream.prototype,
      maker,
      async function making(this: S2Stream, ...args: readonly unknown[]) {
        const session: object = await Reflect.apply(make, this, args)
        for (const name of names) {
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
