import type { ReadStart } from '../../../proto/types.ts'
import type { ReadOutput } from '../../../reference-server/backend/backend.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { Chance } from '../chance.ts'
import type { Running } from '../machine.ts'
import type { Call } from '../observer.ts'
import { describe, type SimulatedStream } from '../simulated-stream.ts'
import { pause, survive, type World } from '../world.ts'
import { seen } from './batches.ts'
import type { ClientParts } from './writer.ts'

/** Where a follower stands: the next number it is due, once it knows it. */
interface Place {
  readonly generation: number
  next: bigint | undefined
}

/** A read that goes on until its follower leaves, is cut off, or the simulation is over. */
export class Follower {
  readonly #world: World
  readonly #stream: SimulatedStream
  readonly #chance: Chance
  readonly #client: number
  readonly #leave: AbortController = new AbortController()
  #place: Place | undefined
  #running: Running | undefined

  constructor({
    world,
    stream,
    chance,
    client,
  }: Pick<ClientParts, 'world' | 'stream' | 'chance' | 'client'>) {
    this.#world = world
    this.#stream = stream
    this.#chance = chance
    this.#client = client
  }

  /** Reads again where it was cut off. Resolves once it has been told to leave. */
  async follow(): Promise<void> {
    while (!this.#leave.signal.aborted) {
      await pause(this.#world, this.#chance.delay(6_000), `follower ${this.#client}`)
      await this.#readOnce()
    }
  }

  /** Reports where it should stand at the tail, when nothing has happened for a while, and does not; ends it. */
  finish(): void {
    const { witness, report } = this.#world
    const place = this.#place
    const listens = this.#running !== undefined && this.#running === this.#world.machine.running
    if (listens && place?.generation === this.#stream.generation && this.#stream.certain?.there !== false) {
      this.#world.observer.followers++
      const { tail, trimPoint } = witness.durable(this.#stream, place.generation)
      const isThere = (place.next ?? 0n) >= tail.seqNum || trimPoint >= tail.seqNum
      if (!isThere) {
        const what = `${describe(this.#stream)}, client ${this.#client}: waits at ${place.next}, the tail is ${tail.seqNum}`
        report({ judge: 'follower', what })
      }
    }
    this.#leave.abort()
  }

  async #readOnce(): Promise<void> {
    const { machine, observer } = this.#world
    const running = await machine.up()
    if (this.#leave.signal.aborted) return
    const { generation } = this.#stream
    if (this.#place?.generation !== generation) this.#place = undefined
    this.#place ??= { generation, next: undefined }
    const call = observer.call(this.#client, this.#stream)
    const leave = new AbortController()
    const signal = AbortSignal.any([leave.signal, this.#leave.signal])
    const start = this.#start(this.#place)
    const opened = running.backend.openRead(this.#stream.address, start, {}, signal, this.#stream.key)
    const session = await survive(this.#world, running.life, opened)
    if (session === 'died') return
    if (isRefusal(session)) {
      observer.refused(call, session)
      // A server that takes its leave refuses until it is gone.
      if (session.refusal === 'error' && session.code === 'server_draining') await running.life.died
      return
    }
    this.#running = running
    const pull = () => survive(this.#world, running.life, outputs.next())
    const outputs = session[Symbol.asyncIterator]()
    await this.#consume(pull, call, this.#place, leave)
    this.#running = undefined
  }

  #start({ next }: Place): ReadStart {
    if (next !== undefined) return { seqNum: next }
    return this.#chance.oneOf<ReadStart>([{ seqNum: 0n }, { tailOffset: 0n }, { tailOffset: 2n }])
  }

  async #consume(
    pull: () => Promise<IteratorResult<ReadOutput, unknown> | 'died'>,
    call: Call,
    place: Place,
    leave: AbortController,
  ): Promise<void> {
    const { faults, observer } = this.#world
    for (;;) {
      const asked = { ...call, called: observer.tick() }
      const pulled = await pull()
      if (pulled === 'died' || pulled.done === true) return
      const output = pulled.value
      if (output.kind === 'refused') return observer.refused(call, output.refusal)
      if (output.kind === 'batch') this.#take(output, call, place)
      else {
        observer.told(asked, output.tail)
        place.next ??= output.tail.seqNum
      }
      if (faults.strikes('reader gone')) leave.abort()
      const isSlow = faults.strikes('slow reader')
      await pause(this.#world, this.#chance.delay(isSlow ? 30_000 : 200), `follower ${this.#client} takes`)
    }
  }

  #take(output: Extract<ReadOutput, { kind: 'batch' }>, call: Call, place: Place): void {
    const { observer } = this.#world
    const records = output.records.map(seen)
    const from = place.next ?? records[0]?.seqNum ?? 0n
    observer.read(call, { action: 'follow', from }, records)
    if (output.tail !== undefined) observer.told(call, output.tail)
    const last = records.at(-1)
    if (last !== undefined) place.next = last.seqNum + 1n
  }
}
