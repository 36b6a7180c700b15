import type { AppendSession, StreamClient } from '../../client/stream-client.ts'
import type { Random } from '../../kit/random.ts'
import type { Action } from '../history/operation.ts'
import { appendOutcome, inputOf } from '../history/perform.ts'
import { pickBetween } from '../history/random.ts'
import type { Survivor } from './survivor.ts'
import type { Call, Witness } from './witness.ts'

/** Batches under way at a time. */
const WINDOW = 8
/** Longer than any answer takes on a target that is not held up. */
const PATIENCE_SECONDS = 20

export interface WriterParts {
  /** Spoken to over S2S. */
  readonly stream: StreamClient
  readonly witness: Witness
  readonly random: Random
  readonly survivor: Survivor
  /** Its number among the clients. */
  readonly client: number
  /** How long it waits for an ack before it gives the session up; what was under way is then of unknown outcome. */
  readonly patienceSeconds?: number
}

/** Appends in pipelined sessions, a new one after each that is lost, until told to end. */
export async function writeSessions(parts: WriterParts): Promise<void> {
  const { survivor, stream, client } = parts
  for (let session = 0; survivor.goesOn; session++) {
    await survivor.survive(async () => {
      const opened = await stream.openAppend()
      try {
        await writeSession(parts, opened, `${client}-${session}`)
      } finally {
        opened.cancel()
      }
    })
  }
}

async function writeSession(parts: WriterParts, session: AppendSession, name: string): Promise<void> {
  const { witness, random, survivor, client, patienceSeconds = PATIENCE_SECONDS } = parts
  const underWay: Call[] = []
  let index = 0
  const send = async (): Promise<void> => {
    const did: Extract<Action, { action: 'append' }> = {
      action: 'append',
      session: name,
      bodies: Array.from({ length: pickBetween(random, 1, 4) }, (_, of) => `s${name}-${index}.${of}`),
    }
    index++
    underWay.push(witness.call(client, did))
    await session.send(inputOf(did))
    witness.count('sent')
  }
  try {
    while (survivor.goesOn || underWay.length > 0) {
      while (survivor.goesOn && underWay.length < WINDOW) await send()
      const answer = await session.next(patienceSeconds)
      // A session that ended answers nothing that was sent.
      if (answer.status === 0) return
      underWay.shift()?.answer(appendOutcome(answer))
      if (answer.value === undefined) return
    }
  } finally {
    for (const call of underWay) call.answer({ outcome: 'unknown' })
  }
}
