import { askedFor } from '../../../client/asked.ts'
import { deepEqual } from '../../../kit/deep-equal.ts'
import { refuse } from '../../../reference-server/semantics/refusal.ts'
import { expectTail } from '../oracle.ts'
import { isRefusedAs, showAnswer, showRefusal } from '../refusals.ts'
import type { Answered, Possibility, Run } from '../run.ts'
import type { StepOf } from '../step.ts'
import { isExact, type Meeting, meet, type World, withSlot } from '../world.ts'

export async function checkTail(run: Run, { stream }: StepOf<'check-tail'>): Promise<Answered> {
  const client = run.streams[stream]
  if (client === undefined) throw new RangeError(`no stream ${stream}`)
  const answer = await client.checkTail()
  const refused = (refusal: ReturnType<typeof refuse>, after: World): Possibility => ({
    expected: showRefusal(refusal),
    fits: isRefusedAs(answer, refusal),
    after,
  })
  const judgeMet = (meeting: Meeting): readonly Possibility[] => {
    if (meeting.met === 'refused') return [refused(meeting.refusal, meeting.world)]
    const tail = expectTail(meeting.stream)
    const fits = answer.status === 200 && deepEqual(answer.value, tail)
    const own: Possibility = { expected: { status: 200, ...tail }, fits, after: meeting.world }
    // That a check of the tail makes a stream is told of reads, and seen on s2-lite alone (TAIL-009).
    const isAsked = meeting.met === 'made' && !isExact(meeting.world)
    const absent = withSlot(meeting.before, stream, { is: 'absent' })
    return isAsked ? [own, refused(refuse('stream_not_found', 'not made by this'), absent)] : [own]
  }
  return {
    asked: askedFor(answer),
    came: showAnswer(answer, (tail) => tail),
    possibilities: run.worlds.flatMap((world) => meet(world, stream, 'check-tail').flatMap(judgeMet)),
  }
}
