import type { Outcome } from '../../../conformance/history/operation.ts'
import type { Chance } from '../chance.ts'
import type { SimulatedStream } from '../simulated-stream.ts'
import { ask, pause, type World } from '../world.ts'
import { type Append, batchOf, chooseAppend, learn, type Mix, NOTHING_KNOWN } from './batches.ts'

/** What a client is and has. */
export interface ClientParts {
  readonly world: World
  readonly stream: SimulatedStream
  readonly chance: Chance
  readonly client: number
  readonly mix: Mix
  /** Operations that it does before it goes home. */
  readonly operations: number
}

/** Appends one batch after another, each once the last was answered. */
export async function write({ world, stream, chance, client, mix, operations }: ClientParts): Promise<void> {
  let belief = NOTHING_KNOWN
  let generation = stream.generation
  for (let index = 0; index < operations && !world.over(); index++) {
    await pause(world, chance.delay(2_000), `writer ${client}`)
    await world.machine.up()
    if (generation !== stream.generation) belief = NOTHING_KNOWN
    generation = stream.generation
    const did = chooseAppend(chance, mix, belief, `${client}-${index}`)
    belief = learn(belief, did, await append({ world, stream, chance, client }, did))
  }
}

async function append(
  { world, stream, chance, client }: Omit<ClientParts, 'operations' | 'mix'>,
  did: Append,
): Promise<Outcome> {
  const { observer, witness } = world
  const call = observer.call(client, stream)
  const batch = batchOf(did, chance, world.machine.time())
  witness.expect(batch, { operation: call.id, stream, fence: did.fence })
  const answer = await ask(world, (backend) => backend.append(stream.address, batch, stream.key))
  if (answer === 'died') return observer.appended(call, did, 'unknown')
  if ('refusal' in answer) observer.refused(call, answer)
  return observer.appended(call, did, answer)
}
