import type { Answered, Run } from '../run.ts'
import type { StepOf } from '../step.ts'
import { slotOf } from '../world.ts'
import { nothingAsked } from './follow.ts'
import { judgedRead } from './read.ts'

/** Removal may lag behind the trim (CMD-020), as long as a check may take. */
const TRIM_SECONDS = 40

/** Reads the first record until what was trimmed is gone; what comes then is judged like any read. */
export async function trimmed(run: Run, { stream }: StepOf<'trimmed'>): Promise<Answered> {
  const [world] = run.worlds
  const client = run.streams[stream]
  if (world === undefined || client === undefined) throw new RangeError(`no stream ${stream}`)
  const slot = slotOf(world, stream)
  if (slot.is !== 'live' || slot.stream.state.trimPoint <= slot.stream.goneBelow)
    return nothingAsked(run, 'no trim to wait for')
  const { trimPoint } = slot.stream.state
  const start = { seqNum: 0n }
  const end = { count: 1n, wait: 0 }
  const answer = await run.eventually('what was trimmed is gone', TRIM_SECONDS, async () => {
    const read = await client.read({ ...start, ...end })
    const [first] = read.value?.records ?? []
    return first === undefined || first.seqNum >= trimPoint ? read : undefined
  })
  return judgedRead(run, { stream, start, end, answer, transport: run.transport })
}
