import type { Action, History, Operation, Outcome } from '../../conformance/history/operation.ts'
import { pickBetween, pickWeighted } from '../../conformance/history/random.ts'
import type { Random } from '../../kit/random.ts'
import { PerfectStream } from './perfect-stream.ts'
import { Schedule } from './schedule.ts'

/** What a generated history is made of; kinds come in proportion to their weights. */
export interface Shape {
  readonly clients: number
  readonly operations: number
  readonly kinds: Readonly<Record<Kind, number>>
  /** How many of a hundred appends get no answer. */
  readonly lost: number
}

export type Kind =
  | 'append'
  | 'session'
  | 'conditional'
  | 'fenced'
  | 'fence'
  | 'trim'
  | 'read'
  | 'tail'
  | 'follow'

type Append = Extract<Action, { action: 'append' }>

const NEVER = Number.POSITIVE_INFINITY

/** What correct clients saw of a correct stream: linearizable by construction, with every kind of overlap. */
export function generateHistory(random: Random, shape: Shape): History {
  const life = new Life(random, shape)
  return life.live()
}

class Life {
  readonly #random: Random
  readonly #shape: Shape
  readonly #kinds: readonly Kind[]
  readonly #weights: readonly number[]
  readonly #schedule = new Schedule()
  readonly #stream: PerfectStream
  readonly #operations: Operation[] = []
  #next = 0
  #tokens = ['']

  constructor(random: Random, shape: Shape) {
    this.#random = random
    this.#shape = shape
    this.#kinds = Object.keys(shape.kinds) as Kind[]
    this.#weights = Object.values(shape.kinds)
    this.#stream = new PerfectStream(random)
  }

  live(): History {
    for (let client = 0; client < this.#shape.clients; client++) this.#wake(client, this.#between(0, 10))
    this.#schedule.run()
    return { operations: this.#operations, log: this.#stream.log }
  }

  #wake(client: number, at: number): void {
    this.#schedule.add(at, () => {
      if (this.#next >= this.#shape.operations) return
      switch (this.#kinds[pickWeighted(this.#random, this.#weights)] ?? 'tail') {
        case 'read':
          return this.#read(client, at)
        case 'tail':
          return this.#tail(client, at)
        case 'follow':
          return this.#follow(client, at)
        case 'session':
          return this.#session(client, at)
        case 'fenced':
          return this.#append(client, at, { ...this.#batch(this.#next), fencingToken: this.#someToken() })
        case 'conditional':
          return this.#append(client, at, { ...this.#batch(this.#next), matchSeqNum: this.#someNumber(2) })
        case 'fence':
          return this.#append(client, at, this.#fence())
        case 'trim':
          return this.#append(client, at, { ...this.#batch(this.#next), trim: this.#someNumber(3) })
        case 'append':
          return this.#append(client, at, this.#batch(this.#next))
      }
    })
  }

  #append(client: number, called: number, did: Append): void {
    const id = this.#next++
    const isLost = this.#random() * 100 < this.#shape.lost
    const effect = called + this.#between(1, isLost ? 60 : 10)
    const returned = effect + this.#between(1, 10)
    if (isLost) {
      this.#operations.push({ id, client, called, returned: NEVER, did, got: { outcome: 'unknown' } })
      if (this.#random() < 0.6) this.#schedule.add(effect, () => void this.#stream.append(did))
    } else {
      this.#schedule.add(effect, () => {
        this.#operations.push({ id, client, called, returned, did, got: this.#stream.append(did) })
      })
    }
    this.#wake(client, returned + this.#between(0, 3))
  }

  /** Batches one behind the other, none waiting for an answer; a cut, or a refusal, is the end of it. */
  #session(client: number, at: number): void {
    const session = `s${this.#next}`
    const answered = this.#random() < 0.5 ? NEVER : pickBetween(this.#random, 0, 2)
    const applied = answered === NEVER ? NEVER : answered + pickBetween(this.#random, 0, 2)
    let isOver = false
    let called = at
    let effect = at
    let returned = at
    for (let index = pickBetween(this.#random, 2, 4); index > 0; index--) {
      const number = this.#next++
      const nth = number - Number(session.slice(1))
      called += this.#between(0.1, 2)
      effect = Math.max(effect, called) + this.#between(0.1, 4)
      returned = Math.max(returned, effect) + this.#between(0.1, 4)
      const times = { called, returned: nth < answered ? returned : NEVER }
      const did: Append = {
        ...this.#batch(number),
        session,
        ...this.#maybe(0.3, { matchSeqNum: this.#someNumber(1) }),
      }
      this.#schedule.add(effect, () => {
        const got: Outcome = isOver || nth >= applied ? { outcome: 'unknown' } : this.#stream.append(did)
        isOver ||= got.outcome !== 'acked'
        const isTold = nth < answered && got.outcome !== 'unknown'
        this.#operations.push(
          isTold
            ? { id: number, client, ...times, did, got }
            : { id: number, client, called: times.called, returned: NEVER, did, got: { outcome: 'unknown' } },
        )
      })
    }
    this.#wake(client, returned + this.#between(0, 3))
  }

  #tail(client: number, called: number): void {
    const id = this.#next++
    const effect = called + this.#between(1, 10)
    const returned = effect + this.#between(1, 10)
    this.#schedule.add(effect, () => {
      const got = this.#stream.tail()
      this.#operations.push({ id, client, called, returned, did: { action: 'check-tail' }, got })
    })
    this.#wake(client, returned + this.#between(0, 3))
  }

  #read(client: number, called: number): void {
    const id = this.#next++
    const from = Number(this.#someNumber(10))
    const count = pickBetween(this.#random, 1, 12)
    const did: Action = { action: 'read', from: BigInt(from), count }
    const begun = called + this.#between(1, 10)
    const ended = begun + this.#between(0.5, 10)
    const returned = ended + this.#between(1, 10)
    this.#schedule.add(begun, () => {
      const first = this.#stream.begin(from)
      this.#schedule.add(ended, () => {
        const got = this.#cutShort(this.#stream.read(from, first, count))
        this.#operations.push({ id, client, called, returned, did, got })
      })
    })
    this.#wake(client, returned + this.#between(0, 3))
  }

  /** A unary read may end before it must. */
  #cutShort(got: Outcome): Outcome {
    if (got.outcome !== 'records' || got.records.length === 0 || this.#random() < 0.7) return got
    return {
      ...got,
      complete: false,
      records: got.records.slice(0, pickBetween(this.#random, 1, got.records.length)),
    }
  }

  /** A few deliveries of one session. */
  #follow(client: number, called: number): void {
    let from = Number(this.#someNumber(5))
    let last = called
    for (let left = pickBetween(this.#random, 1, 3); left > 0; left--) {
      const begun = last + this.#between(1, 10)
      const returned = begun + this.#between(1, 10)
      this.#schedule.add(begun, () => {
        const first = this.#stream.begin(from)
        const got = this.#stream.read(from, first, pickBetween(this.#random, 1, 8))
        if (got.outcome !== 'records' || got.records.length === 0) return
        const did: Action = { action: 'follow', from: BigInt(from) }
        this.#operations.push({
          id: this.#next++,
          client,
          called,
          returned,
          did,
          got: { ...got, complete: false },
        })
        from = first + got.records.length
      })
      last = returned
    }
    this.#wake(client, last + this.#between(0, 3))
  }

  #batch(id: number): Append {
    const size = pickBetween(this.#random, 1, 3)
    return { action: 'append', bodies: Array.from({ length: size }, (_, index) => `${id}.${index}`) }
  }

  #fence(): Append {
    const token = `f${this.#next}`
    const fencingToken = this.#someToken()
    this.#tokens.push(token)
    return { action: 'append', bodies: [], fence: token, ...this.#maybe(0.5, { fencingToken }) }
  }

  #maybe<Part extends object>(chance: number, part: Part): Part | Record<string, never> {
    return this.#random() < chance ? part : {}
  }

  #someToken(): string {
    return (
      this.#tokens[this.#tokens.length - pickBetween(this.#random, 1, Math.min(2, this.#tokens.length))] ?? ''
    )
  }

  /** The tail as it is, or a little before. */
  #someNumber(back: number): bigint {
    return BigInt(Math.max(0, this.#stream.log.length - pickBetween(this.#random, 0, back)))
  }

  #between(from: number, to: number): number {
    return from + this.#random() * (to - from)
  }
}
