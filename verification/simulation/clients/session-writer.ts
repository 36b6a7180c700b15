import type { AppendAck } from '../../../proto/types.ts'
import type { AppendSession } from '../../../reference-server/backend/backend.ts'
import { isRefusal, type Refusal } from '../../../reference-server/semantics/refusal.ts'
import { ask, pause, survive } from '../world.ts'
import { type Belief, batchOf, chooseAppend, learn, NOTHING_KNOWN } from './batches.ts'
import type { ClientParts } from './writer.ts'

/** Opens sessions and sends batches down each without waiting for the answers; it knows what numbers they should get. */
export async function writeSessions(parts: ClientParts): Promise<void> {
  const { world, stream, chance, client, operations } = parts
  let belief = NOTHING_KNOWN
  let sent = 0
  for (let number = 0; sent < operations && !world.over(); number++) {
    await pause(world, chance.delay(4_000), `session writer ${client}`)
    await world.machine.up()
    const call = world.observer.call(client, stream)
    const session = await ask(world, (backend) => backend.openAppendSession(stream.address, stream.key))
    if (session === 'died') continue
    if (isRefusal(session)) {
      world.observer.refused(call, session)
      sent++
      continue
    }
    const size = Math.min(chance.between(2, 8), operations - sent)
    belief = await sendSession(parts, session, belief, { size, name: `${client}-${number}` })
    sent += size
  }
}

async function sendSession(
  { world, stream, chance, client, mix }: ClientParts,
  session: AppendSession,
  belief: Belief,
  { size, name }: { readonly size: number; readonly name: string },
): Promise<Belief> {
  const running = world.machine.running
  if (running === undefined) return NOTHING_KNOWN
  const answers: Promise<void>[] = []
  const state: SessionState = { belief, failed: false }
  let expected = belief
  for (let index = 0; index < size && running.life.alive; index++) {
    const did = { ...chooseAppend(chance, mix, expected, `${name}-${index}`), session: name }
    const length = did.bodies.length + (did.fence === undefined ? 0 : 1) + (did.trim === undefined ? 0 : 1)
    expected = { next: expected.next + BigInt(length), token: did.fence ?? expected.token }
    const call = world.observer.call(client, stream)
    const batch = batchOf(did, chance, world.machine.time())
    world.witness.expect(batch, { operation: call.id, stream, fence: did.fence })
    const answer = survive(world, running.life, session.submit(batch))
    answers.push(
      answer.then((answer) => {
        const outcome = world.observer.appended(call, did, told(answer, state))
        state.belief = learn(state.belief, did, outcome)
      }),
    )
    if (chance.happens(0.5)) await pause(world, chance.delay(500), `session ${name}`)
  }
  await Promise.all(answers)
  return state.belief
}

interface SessionState {
  belief: Belief
  failed: boolean
}

type Answer = AppendAck | Refusal | undefined | 'died'

/** Without an answer is what came after a refusal, and then nothing was done, or after a failure, and then who knows. */
function told(answer: Answer, state: SessionState): AppendAck | Refusal | 'unknown' {
  if (answer === 'died') return 'unknown'
  if (answer === undefined) return state.failed ? 'unknown' : NOTHING_DONE
  if (isRefusal(answer) && answer.refusal === 'error' && answer.code === 'storage') state.failed = true
  return answer
}

const NOTHING_DONE: Refusal = { refusal: 'error', code: 'server_draining', message: 'the session had ended' }
