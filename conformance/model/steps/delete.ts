import type { Answer } from '../../../client/answer.ts'
import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import { untilDecided } from '../retry.ts'
import type { Answered, Possibility, Run } from '../run.ts'
import type { StepOf } from '../step.ts'
import { meet, slotOf, type World, withSlot } from '../world.ts'
import { judgeConfig, judged, nameOf, refused } from './config.ts'
import { nothingAsked, unfollow } from './follow.ts'

export async function remove(run: Run, { stream }: StepOf<'delete'>): Promise<Answered> {
  const name = nameOf(run, stream)
  const answer = await untilDecided(run, () => run.basin.deleteStream(name))
  if (answer.status === 202) unfollow(run, stream)
  return judged(run, answer, (world) => {
    const accepted: Possibility = {
      expected: { status: 202 },
      fits: answer.status === 202,
      after: withSlot(world, stream, { is: 'deleting' }),
    }
    const isGoing = slotOf(world, stream).is === 'deleting'
    const met = meet(world, stream, 'delete-stream').map((meeting) =>
      meeting.met === 'refused' ? refused(answer, meeting.refusal, meeting.world) : accepted,
    )
    return isGoing ? [accepted, ...met] : met
  })
}

/** Long for a server that removes by and by. */
const DELETION_SECONDS = 120

export async function settle(run: Run, { stream }: StepOf<'settle'>): Promise<Answered> {
  const isGoing = run.worlds.some((world) => slotOf(world, stream).is === 'deleting')
  if (!isGoing) return nothingAsked(run, 'no deletion to wait for')
  const name = nameOf(run, stream)
  const answer = await run.eventually('the deletion of the stream is over', DELETION_SECONDS, async () => {
    const config = await run.basin.getStreamConfig(name)
    return config.error?.code === 'stream_deletion_pending' ? undefined : config
  })
  return judged(run, answer, (world) => judgeSettled(answer, world, stream))
}

/** Where the deletion may have been over before, a request that came since may have made the stream again. */
export function judgeSettled(
  answer: Answer<StreamConfigBody>,
  world: World,
  stream: number,
): readonly Possibility[] {
  const isGoing = slotOf(world, stream).is === 'deleting'
  return judgeConfig(answer, isGoing ? withSlot(world, stream, { is: 'absent' }) : world, stream)
}
