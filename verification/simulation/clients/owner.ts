import type { ListRequest } from '../../../reference-server/semantics/access/listing.ts'
import { isRefusal, type Refusal } from '../../../reference-server/semantics/refusal.ts'
import {
  type StreamConfig,
  UNSET_STREAM_CONFIG,
} from '../../../reference-server/semantics/resources/config.ts'
import { describe } from '../simulated-stream.ts'
import { ask, isDone, makeBasin, pause } from '../world.ts'
import type { ClientParts } from './writer.ts'

/** Longer than any simulation, so that no record is ever too old; which age is set tells the configurations apart. */
const OLD_AGE = 1_000_000n

/** Makes a stream, sets and gets its configuration, and deletes and makes it again; nobody else does any of that. */
export class Owner {
  readonly #parts: ClientParts
  /** Ages that may be in force: the last that was acknowledged, and those that were sent since without an answer. */
  #ages: bigint[] = []
  #lastAge: bigint = OLD_AGE

  constructor(parts: ClientParts) {
    this.#parts = parts
  }

  async own(): Promise<void> {
    const { world, stream, chance, client, operations } = this.#parts
    await this.create()
    for (let index = 0; index < operations && !world.over(); index++) {
      await pause(world, chance.delay(4_000), `owner ${client}`)
      const { kind } = stream
      const rebirth = kind === 'reborn' || kind === 'reborn with its basin' ? 2 : 0
      switch (chance.weighted({ configure: 2, look: 3, list: 1, rebirth })) {
        case 'configure':
          await this.#configure()
          break
        case 'look':
          await this.look()
          break
        case 'list':
          await this.#list()
          break
        case 'rebirth':
          await this.#delete()
          await this.create()
          break
      }
    }
  }

  /** Again and again, until it is known to be there. */
  async create(): Promise<void> {
    const { world, stream, chance } = this.#parts
    stream.certain = undefined
    this.#ages = []
    const config = this.#nextConfig()
    const requestToken = chance.happens(0.5) ? `make-${stream.index}-${stream.generation}` : undefined
    for (;;) {
      const called = world.observer.tick()
      if (stream.kind === 'reborn with its basin') await makeBasin(world, chance, stream)
      const answer = await ask(world, (backend) =>
        requestToken === undefined
          ? backend.ensureStream(stream.address, config)
          : backend.createStream(stream.address, config, requestToken),
      )
      if (isDone(answer)) break
      this.#say(`create: ${show(answer)}`, called)
      await pause(world, chance.delay(3_000), 'creates again')
    }
    this.#ages = [this.#lastAge]
    stream.certain = { there: true, since: world.observer.tick() }
    this.#say('created', stream.certain.since)
  }

  /** Whether the configuration is one of those that it can be. */
  async look(): Promise<void> {
    const { world, stream, client } = this.#parts
    const call = world.observer.call(client, stream)
    const answer = await ask(world, (backend) => backend.getStreamConfig(stream.address))
    if (answer === 'died') return
    if (isRefusal(answer)) return world.observer.refused(call, answer)
    const age = 'age' in answer.retention ? answer.retention.age : undefined
    if (age === undefined || !this.#ages.includes(age)) {
      this.#report(`has the retention age ${age}, where ${this.#ages.join(' or ')} was set`)
    } else this.#ages = this.#ages.slice(this.#ages.indexOf(age))
  }

  async #configure(): Promise<void> {
    const { world, stream, chance, client } = this.#parts
    const call = world.observer.call(client, stream)
    const config = this.#nextConfig()
    this.#ages.push(this.#lastAge)
    const replaced = chance.happens(0.5)
    const answer = await ask<object>(world, (backend) =>
      replaced
        ? backend.ensureStream(stream.address, config)
        : backend.reconfigureStream(stream.address, { ...UNTOUCHED, retention: { age: this.#lastAge } }),
    )
    this.#say(`configure ${this.#lastAge}: ${show(answer)}`, call.called)
    if (isDone(answer)) this.#ages = [this.#lastAge]
    else if (answer !== 'died' && isRefusal(answer)) world.observer.refused(call, answer)
  }

  async #list(): Promise<void> {
    const { world, stream, client } = this.#parts
    const call = world.observer.call(client, stream)
    const answer = await ask(world, (backend) => backend.listStreams(stream.address.basin, EVERYTHING))
    if (answer === 'died') return
    if (isRefusal(answer)) return world.observer.refused(call, answer)
    const listed = answer.items.find(({ name }) => name === stream.address.stream)
    const { certain } = stream
    if (certain?.there === true && certain.since < call.called && listed?.deletedAt !== undefined) {
      world.report({ judge: 'deletion', what: `${describe(stream)} is listed as being deleted` })
    }
    if (certain?.there === true && certain.since < call.called && listed === undefined) {
      world.report({ judge: 'deletion', what: `${describe(stream)} is not listed` })
    }
  }

  /** Until the name is free: the stream's, or that of its basin, after a DELETE of the stream or without. */
  async #delete(): Promise<void> {
    const { world, stream, chance } = this.#parts
    const { basin } = stream.address
    const withBasin = stream.kind === 'reborn with its basin' && chance.happens(0.7)
    let isTold = false
    stream.certain = undefined
    if (withBasin && chance.happens(0.5)) await ask(world, (backend) => backend.deleteStream(stream.address))
    for (;;) {
      const called = world.observer.tick()
      const answer = await ask(world, (backend) =>
        withBasin ? backend.deleteBasin(basin) : backend.deleteStream(stream.address),
      )
      this.#say(`delete: ${show(answer)}`, called)
      // The streams of a basin answer until their turn comes.
      if (isDone(answer) && !withBasin) stream.certain ??= { there: false, since: world.observer.tick() }
      if (isNotFound(answer)) break
      isTold ||= isDone(answer)
      if (withBasin && isTold && chance.happens(0.3)) await this.#tryToCreate()
      await pause(world, chance.delay(6_000), 'asks whether it is gone')
    }
    stream.generation++
  }

  /** In a basin whose deletion was answered: nothing is made there any more. */
  async #tryToCreate(): Promise<void> {
    const { world, stream } = this.#parts
    const config = this.#nextConfig()
    const answer = await ask(world, (backend) => backend.ensureStream(stream.address, config))
    if (!isDone(answer)) return
    world.report({ judge: 'deletion', what: `${describe(stream)} was made in a basin after its deletion` })
  }

  #nextConfig(): StreamConfig {
    this.#lastAge++
    const { chance } = this.#parts
    return {
      ...UNSET_STREAM_CONFIG,
      retention: { age: this.#lastAge },
      timestampingUncapped: chance.happens(0.3),
      timestampingMode: chance.oneOf(['client-prefer', 'client-prefer', 'arrival']),
    }
  }

  #report(what: string): void {
    const { world, stream } = this.#parts
    world.report({ judge: 'configuration', what: `${describe(stream)} ${what}` })
  }

  #say(what: string, tick: number): void {
    const { world, stream } = this.#parts
    world.scheduler.say(`owner of ${describe(stream)} @${tick}: ${what}`)
  }
}

export const EVERYTHING: ListRequest = { prefix: '', startAfter: '', limit: undefined }

const UNTOUCHED = {
  storageClass: undefined,
  retention: undefined,
  timestampingMode: undefined,
  timestampingUncapped: undefined,
  deleteOnEmptyMinAge: undefined,
} as const

const isNotFound = (answer: object | Refusal | undefined | 'died'): boolean =>
  typeof answer === 'object' &&
  isRefusal(answer) &&
  answer.refusal === 'error' &&
  (answer.code === 'stream_not_found' || answer.code === 'basin_not_found')

function show(answer: object | undefined | 'died'): string {
  if (answer === 'died') return answer
  if (answer === undefined || !isRefusal(answer)) return 'done'
  return answer.refusal === 'error' ? answer.code : answer.refusal
}
