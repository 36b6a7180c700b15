import { InconclusiveError } from '../../../client/failures.ts'
import { batch, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { readAll } from '../../check/read-back.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { perform, seen } from '../../history/perform.ts'

/** Long enough for a server that does not wait for its storage to give itself away. */
const WATCH_MS = 1500

export const stalled: readonly Requirement[] = [
  onStream(
    'DUR-006',
    'Storage fault injection',
    { needs: ['storage', 'restart'], seconds: (2 * WATCH_MS) / 1000 },
    async (context) => {
      // While nothing can be stored nobody is told of what is not: by no ack, no refusal, no tail and no read.
      const { stream } = context
      context.expect.ok(await stream.append(batch('a')))
      await stallAndRelease(context, stream)
      await stallAndKill(context, stream)
      await failAndRepair(context, stream)
    },
  ),
]

async function stallAndRelease(context: CheckContext, stream: StreamClient): Promise<void> {
  const { expect, storage, eventually } = context
  const follower = await stream.over('sse').openRead({ seqNum: 0n })
  expect.records(await follower.records(1), 0n, [record('a')])
  storage.set({ mode: 'held' })
  const held = watch(stream.append(batch('b')))
  // Two requests under way at once may arrive in either order; one of which something is being stored has arrived.
  await eventually('the first append is being stored', 10, async () => storage.held > 0 || undefined)
  const refused = watch(stream.append({ ...batch('c'), matchSeqNum: 1n }))
  await expectSilence(context, stream, [held, refused])
  storage.set({ mode: 'normal' })
  expect.equal(expect.ok(await held.answer).start.seqNum, 1n, 'start.seq_num of the append that was held')
  expect.refused(await refused.answer, 412, { seq_num_mismatch: 2n })
  expect.records(await follower.records(1), 1n, [record('b')])
  follower.cancel()
}

/** What was held is never done: whatever had been told of it would be a lie. */
async function stallAndKill(context: CheckContext, stream: StreamClient): Promise<void> {
  const { storage, lifecycle } = context
  const { seqNum } = context.expect.ok(await stream.checkTail())
  storage.set({ mode: 'held' })
  const held = perform(stream, { action: 'append', bodies: ['d'] })
  const refused = perform(stream, { action: 'append', bodies: ['e'], matchSeqNum: seqNum })
  await context.sleep(WATCH_MS)
  if (storage.held === 0) throw new InconclusiveError('the target stored nothing for an append')
  await lifecycle.kill()
  storage.set({ mode: 'failing' })
  const outcomes = [await held, await refused].map(({ outcome }) => outcome)
  context.expect.equal(outcomes, ['unknown', 'unknown'], 'what was said of appends that could not be stored')
  storage.set({ mode: 'normal' })
  await lifecycle.start()
  await context.expect.tail(stream, seqNum)
  await context.expect.holds(stream, [record('a'), record('b')])
}

/** An append that meets failures ends as it may, but is not acknowledged before there is a place for it. */
async function failAndRepair(context: CheckContext, stream: StreamClient): Promise<void> {
  const { expect, storage } = context
  storage.set({ mode: 'failing' })
  const failing = perform(stream, { action: 'append', bodies: ['f'] })
  const before = await Promise.race([failing, context.sleep(WATCH_MS)])
  expect.that(before?.outcome !== 'acked', 'no ack while storage fails', before)
  storage.set({ mode: 'normal' })
  const { outcome } = await failing
  context.record(`an append that met failing storage ended as ${outcome}`)
  if (outcome !== 'acked') {
    // It need not recover by itself.
    await context.lifecycle.kill()
    await context.lifecycle.start()
  }
  const bodies = (await readAll(context, stream)).map((entry) => seen(entry).body)
  const allowed =
    outcome === 'acked'
      ? [['a', 'b', 'f']]
      : [
          ['a', 'b'],
          ['a', 'b', 'f'],
        ]
  expect.that(
    allowed.some((log) => log.join() === bodies.join()),
    `the log after an append that ended as ${outcome}`,
    bodies,
  )
}

interface Watched<T> {
  readonly answer: Promise<T>
  readonly isSettled: boolean
}

function watch<T>(answer: Promise<T>): Watched<T> {
  let isSettled = false
  const settle = (): void => {
    isSettled = true
  }
  answer.then(settle, settle)
  return {
    answer,
    get isSettled() {
      return isSettled
    },
  }
}

async function expectSilence(
  context: CheckContext,
  stream: StreamClient,
  [held, refused]: readonly [held: Watched<unknown>, refused: Watched<unknown>],
): Promise<void> {
  const { expect, storage, sleep } = context
  await sleep(WATCH_MS)
  if (storage.held === 0) throw new InconclusiveError('the target stored nothing for an append')
  expect.that(!held.isSettled, 'no answer to an append that is not stored', 'an answer')
  expect.that(!refused.isSettled, 'no refusal because of an append that is not stored', 'an answer')
  await expect.tail(stream, 1n)
  await expect.holds(stream, [record('a')])
}
