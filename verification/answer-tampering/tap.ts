import { AsyncLocalStorage } from 'node:async_hooks'
import { isEvidence, type Watch } from '../../client/watch.ts'
import type { Origin } from './look.ts'

/** What is done to each answer on its way to the check. */
export type See = (answer: unknown, origin: Origin) => unknown

interface Attempt {
  readonly wait: number
  readonly attempt: number
  readonly counts: Map<string, number>
}

/**
 * Stands between a check and its clients: whatever a call brings, from a client, a session, or a parser of the
 * requirement's own, passes `see` and has a name that is the same in each run.
 */
export class Tap implements Watch {
  readonly #see: See
  readonly #own: string
  readonly #counts = new Map<string, number>()
  readonly #clients = new WeakSet<object>()
  readonly #waits = new Map<unknown, { readonly wait: number; attempts: number }>()
  readonly #attempts = new AsyncLocalStorage<Attempt>()

  /** `own`: what the names made in this run begin with, which differs from run to run. */
  constructor(see: See, own: string) {
    this.#see = (answer, origin) => (isEvidence() === undefined ? see(answer, origin) : answer)
    this.#own = own
  }

  over<Value>(value: Value, name: string): Value {
    // The tap hands through what has the shape of what it was given; types do not tell it how.
    return this.#handOn(value, name, name) as Value
  }

  attempt<Value>(attempt: () => Promise<Value>): Promise<Value> {
    const { wait, attempts } = this.#waits.get(attempt) ?? { wait: this.#waits.size, attempts: 0 }
    this.#waits.set(attempt, { wait, attempts: attempts + 1 })
    return this.#attempts.run({ wait, attempt: attempts, counts: new Map() }, attempt)
  }

  #handOn(value: unknown, identity: string, label: string): unknown {
    if (isClient(value)) return this.#client(value, identity, kindOf(label))
    if (hasSession(value)) {
      const session = this.#client(value.value, identity, 'session')
      return this.#see({ ...value, value: session }, this.#originOf(identity, label))
    }
    return this.#see(value, this.#originOf(identity, label))
  }

  #originOf(identity: string, label: string): Origin {
    const attempt = this.#attempts.getStore()
    const counts = attempt?.counts ?? this.#counts
    const count = counts.get(identity) ?? 0
    counts.set(identity, count + 1)
    if (attempt === undefined) return { id: `${identity}#${count}`, label }
    const { wait, attempt: number } = attempt
    return { id: `${identity}#${count}@${wait}`, label, polled: { wait, attempt: number } }
  }

  #client(client: object, identity: string, kind: string): object {
    if (this.#clients.has(client)) return client
    const tapped = new Proxy(client, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key)
        if (typeof key === 'symbol') return member
        const [name, label] = [`${identity}.${key}`, `${kind}.${key}`]
        if (typeof member !== 'function') return isData(member) ? this.#handOn(member, name, label) : member
        return (...args: readonly unknown[]) => this.#call(member.bind(target), args, name, label)
      },
    })
    this.#clients.add(tapped)
    return tapped
  }

  #call(
    method: (...args: readonly unknown[]) => unknown,
    args: readonly unknown[],
    name: string,
    label: string,
  ): unknown {
    const result = method(...args)
    if (!(result instanceof Promise)) {
      return isClient(result)
        ? this.#handOn(result, `${name}(${args.join().replaceAll(this.#own, '~')})`, label)
        : result
    }
    const [request] = args
    const about = label.endsWith('.raw') ? `${label} ${methodOf(request)}` : label
    return result.then((value) => (value === undefined ? value : this.#handOn(value, name, about)))
  }
}

const isData = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Clients and sessions are objects of functions; answers have none. */
const isClient = (value: unknown): value is object =>
  isData(value) && !Array.isArray(value) && Object.values(value).some((each) => typeof each === 'function')

const hasSession = (value: unknown): value is { readonly value: object } =>
  isData(value) && 'value' in value && isClient(value.value)

/** `account.basin` makes a basin; `stream.over` another stream; `stream.openAppend` a session. */
function kindOf(label: string): string {
  const last = label.split('.').at(-1) ?? label
  if (last === 'over') return 'stream'
  return last.startsWith('open') ? 'session' : last
}

const methodOf = (request: unknown): string =>
  isData(request) && 'method' in request ? String(request.method) : ''
