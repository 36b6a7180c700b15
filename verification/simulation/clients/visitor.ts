import type { ReadEnd, ReadStart } from '../../../proto/types.ts'
import type { ReadOutput } from '../../../reference-server/backend/backend.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { Call } from '../observer.ts'
import { ask, pause, type World } from '../world.ts'
import { seen } from './batches.ts'
import type { ClientParts } from './writer.ts'

/** Reads up to the tail, from anywhere, and asks for the tail. */
export async function visit({ world, stream, chance, client, operations }: ClientParts): Promise<void> {
  let next = 0n
  for (let index = 0; index < operations && !world.over(); index++) {
    await pause(world, chance.delay(2_000), `visitor ${client}`)
    await world.machine.up()
    const call = world.observer.call(client, stream)
    if (chance.happens(0.4)) {
      const answer = await ask(world, (backend) => backend.checkTail(stream.address))
      if (answer === 'died') continue
      if (isRefusal(answer)) world.observer.refused(call, answer)
      else {
        world.observer.told(call, answer.tail)
        next = answer.tail.seqNum
      }
    } else await readOnce(world, call, chooseStart(), chance.oneOf([3, 50, 1000]))
  }

  function chooseStart(): ReadStart {
    const clamp = chance.happens(0.3) ? { clamp: true } : {}
    const near = BigInt(chance.between(-8, 2)) + next
    switch (chance.weighted({ first: 2, near: 3, offset: 2, time: 2 })) {
      case 'first':
        return { seqNum: 0n, ...clamp }
      case 'near':
        return { seqNum: near < 0n ? 0n : near, ...clamp }
      case 'offset':
        return { tailOffset: BigInt(chance.between(0, 12)), ...clamp }
      case 'time':
        return { timestamp: world.machine.time() - BigInt(chance.between(-2, 30)), ...clamp }
    }
  }
}

/** A read that does not follow: it goes on to the tail or to `count`. */
export async function readOnce(world: World, call: Call, start: ReadStart, count: number): Promise<void> {
  const end: ReadEnd = { count: BigInt(count) }
  const answer = await ask(world, async (backend) => {
    const { stream } = call
    const session = await backend.openRead(
      stream.address,
      start,
      end,
      new AbortController().signal,
      stream.key,
    )
    return isRefusal(session) ? session : await collect(session)
  })
  if (answer === 'died') return
  if (!Array.isArray(answer)) return world.observer.refused(call, answer)
  const refused = answer.find((output) => output.kind === 'refused')
  if (refused !== undefined) return world.observer.refused(call, refused.refusal)
  const records = answer.flatMap((output) => (output.kind === 'batch' ? output.records.map(seen) : []))
  world.observer.read(call, { action: 'read', start, count }, records)
}

async function collect(session: AsyncIterable<ReadOutput>): Promise<ReadOutput[]> {
  const outputs: ReadOutput[] = []
  for await (const output of session) outputs.push(output)
  return outputs
}
