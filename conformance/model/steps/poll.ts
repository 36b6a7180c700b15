import { askedFor } from '../../../client/asked.ts'
import type { Answered, Run } from '../run.ts'
import type { PollStep } from '../step.ts'
import { slotOf } from '../world.ts'
import { append } from './append.ts'
import { nothingAsked } from './follow.ts'
import { judgedRead } from './read.ts'

const WAIT_SECONDS = 10

/**
 * A read that waits at the tail, and an append under way at the same time: whichever comes first, the read brings a first
 * part of what was appended. A session is bounded by as many records, so that it ends with them.
 */
export async function poll(run: Run, step: PollStep): Promise<Answered> {
  const [world] = run.worlds
  const client = run.streams[step.stream]
  if (world === undefined || client === undefined) throw new RangeError(`no stream ${step.stream}`)
  const slot = slotOf(world, step.stream)
  if (slot.is !== 'live') return nothingAsked(run, 'nobody waits at a stream that is not there')
  const { tail } = slot.stream.state
  const start = { seqNum: tail.seqNum }
  const end = { count: BigInt(step.records.length), wait: WAIT_SECONDS }
  const reading = client.read({ ...start, ...end })
  const appending = append(run, { step: 'append', stream: step.stream, records: step.records })
  const [read, appended] = await Promise.allSettled([reading, appending])
  if (appended.status === 'rejected') throw appended.reason
  if (read.status === 'rejected') throw read.reason
  const worlds = appended.value.possibilities.filter(({ fits }) => fits).map(({ after }) => after)
  if (worlds.length === 0) return appended.value
  const judged = judgedRead(
    { worlds },
    { stream: step.stream, start, end, answer: read.value, transport: run.transport },
  )
  return { ...judged, asked: `${appended.value.asked ?? ''}, beside ${askedFor(read.value) ?? ''}` }
}
