import { askedFor } from '../../../client/asked.ts'
import type { Transport } from '../../../client/transport.ts'
import { resolveStart } from '../../../reference-server/semantics/read/read-start.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import { catchUp } from '../follower.ts'
import { isRefusedAs, showAnswer, showRefusal } from '../refusals.ts'
import type { Answered, Possibility, Run } from '../run.ts'
import type { FollowStep } from '../step.ts'
import { type Meeting, meet, slotOf, streamOf } from '../world.ts'
import { startOf } from './read.ts'

/** Sessions of a unary transport's sequence go over SSE, in its format. */
const FOLLOWED_OVER: Readonly<Record<Transport, Transport>> = {
  json: 'sse',
  sse: 'sse',
  base64: 'base64',
  protobuf: 'base64',
  s2s: 's2s',
  's2s-http1': 's2s-http1',
}

export async function follow(run: Run, step: FollowStep): Promise<Answered> {
  const [world] = run.worlds
  const client = run.streams[step.stream]
  if (world === undefined || client === undefined) throw new RangeError(`no stream ${step.stream}`)
  const transport = FOLLOWED_OVER[run.transport]
  const start = startOf(step, streamOf(world, step.stream).state.tail)
  const answer = await client.over(transport).openReadAnswer(start)

  const judgeMet = (meeting: Meeting): Possibility => {
    if (meeting.met === 'refused') {
      const { refusal, world: after } = meeting
      return { expected: showRefusal(refusal), fits: isRefusedAs(answer, refusal), after }
    }
    const { stream, world: after } = meeting
    const point = resolveStart(start, stream.state.tail, true)
    if (isRefusal(point)) return { expected: showRefusal(point), fits: isRefusedAs(answer, point), after }
    const fits = answer.value !== undefined
    if (fits && run.followers.every(({ session }) => session !== answer.value))
      run.followers.push({
        stream: step.stream,
        session: answer.value,
        transport,
        point,
        next: stream.goneBelow,
      })
    return { expected: { status: 200 }, fits, after }
  }
  return {
    asked: askedFor(answer),
    came: showAnswer(answer, () => ({})),
    possibilities: run.worlds.flatMap((each) => meet(each, step.stream, 'read').map(judgeMet)),
  }
}

/** All followers must have come as far as their streams. */
export async function catchUpAll(run: Run): Promise<Answered> {
  const [world] = run.worlds
  for (const follower of run.followers) {
    const slot = world === undefined ? undefined : slotOf(world, follower.stream)
    if (slot?.is === 'live') await catchUp(follower, slot.stream)
  }
  return nothingAsked(run, `${run.followers.length} followers with all that is there`)
}

/** How a session ends whose stream goes is for the rows on that. */
export function unfollow(run: Run, stream: number): void {
  const left = run.followers.filter((follower) => follower.stream !== stream)
  for (const { session, stream: other } of run.followers) if (other === stream) session.cancel()
  run.followers.splice(0, run.followers.length, ...left)
}

export function nothingAsked(run: Pick<Run, 'worlds'>, expected: string): Answered {
  return {
    asked: undefined,
    came: expected,
    possibilities: run.worlds.map((after) => ({ expected, fits: true, after })),
  }
}
