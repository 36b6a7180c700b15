import assert from 'node:assert/strict'
import { batch, bytes } from '../../../../client/records.ts'
import { appendFrame } from '../../../../client/sessions/s2s-append.ts'
import { TargetError } from '../../../../client/target-error.ts'
import type { AppendInput } from '../../../../proto/types.ts'
import { accepted, refused } from '../run/answers.ts'
import type { World } from '../run/world.ts'
import { SEALED, WRONG_KEY } from './refusals.ts'
import { countOf, type RetryRow, STREAM } from './row.ts'

/** Failures after a session was accepted with 200. */
export const SESSIONS: readonly RetryRow[] = [
  {
    label: 'S2S: bad_frame',
    step: 5,
    status: 400,
    cause: 'a frame is malformed',
    retry: 'change',
    advice: 'Correct the encoder. On s2-lite, valid batches before the frame are acknowledged first.',
    ids: ['ERR-003', 'S2S-024', 'S2S-025'],
    show: showBadFrame,
  },
  {
    label: 'S2S: failed condition',
    step: 5,
    status: 412,
    cause: 'a queued batch fails its condition, in a terminal frame',
    retry: 'change',
    advice:
      'Batches before it are acknowledged; it and later ones are not stored. After a fencing mismatch the writer stops, as for `fencing_token_mismatch`. After a `match_seq_num` mismatch, do as for `seq_num_mismatch`, give the unsent batches new numbers, and open a new session.',
    ids: ['S2S-028', 'APP-047'],
    show: showSessionMismatch,
  },
  {
    label: 'S2S: unavailable',
    needs: 'reference server',
    step: 5,
    status: 503,
    cause: 'the session ends with a retryable code, in a terminal frame',
    retry: 'conditional',
    advice: 'Open a new session and send all unacknowledged batches again, in their order.',
    ids: ['ERR-027', 'S2S-031'],
    show: showSessionUnavailable,
  },
  {
    label: 'S2S: cut append session',
    needs: 'reference server',
    step: 5,
    status: 200,
    cause: 'the connection breaks, or the body ends, with unacknowledged batches',
    retry: 'conditional',
    advice:
      'Open a new session and send all unacknowledged batches again, in their order. The first ones may be stored already; with `match_seq_num`, the answer is then 412. Compare the records, drop the batches that are stored, and send the rest.',
    ids: ['S2S-031', 'ERR-043', 'APP-052', 'APP-013'],
    show: showCutAppend,
  },
  {
    label: 'S2S: cut read session',
    needs: 'reference server',
    step: 5,
    status: 200,
    cause: 'the connection of a read breaks',
    retry: 'repeat',
    advice: 'Read from the last number plus 1: see [reconnecting tail](reconnecting-tail.html).',
    ids: ['CLI-014', 'READ-066'],
    show: (world) => showCutRead(world, 's2s'),
  },
  {
    label: 'SSE: cut',
    needs: 'reference server',
    step: 5,
    status: 200,
    cause: 'the body ends without `[DONE]` and without an error event',
    retry: 'repeat',
    advice: 'Send the query with `last-event-id`: see [reconnecting tail](reconnecting-tail.html).',
    ids: ['SSE-009', 'SSE-010'],
    show: (world) => showCutRead(world, 'sse'),
  },
  {
    label: 'SSE: error event',
    step: 5,
    status: 200,
    cause: 'an error after the status 200',
    retry: 'by-code',
    advice: 'Use the row of the code in the event. If it allows a repeat, resume as after a cut.',
    ids: ['SSE-008', 'SSE-022'],
    async show({ account }) {
      const session = await account.basin(SEALED).stream('secrets', 'sse').openRead(FROM_START, {
        headers: WRONG_KEY,
      })
      const event = await session.next()
      assert(event.kind === 'error')
      assert.equal(event.answer.error?.code, 'decryption_failed')
      session.cancel()
    },
  },
]

const FROM_START = { seqNum: 0n }

/** A frame whose compression bits have the undefined value 3. */
const UNDEFINED_COMPRESSION = Uint8Array.of(0, 0, 1, 0x60)

async function showBadFrame({ stream }: World): Promise<void> {
  const session = await stream(STREAM, 's2s').openAppend()
  await session.sendBytes(UNDEFINED_COMPRESSION)
  assert.equal((await refused(400, session.next())).code, 'bad_frame')
  assert.equal((await session.next()).status, 0)
}

async function showSessionMismatch(world: World): Promise<void> {
  const count = await countOf(world)
  const queue = [conditional('queued 1', count), conditional('queued 2', count + 5n), batch('queued 3')]
  const session = await world.stream(STREAM, 's2s').openAppend()
  await session.sendBytes(framesOf(queue))
  await accepted(session.next())
  assert.equal((await refused(412, session.next())).seq_num_mismatch, count + 1n)
  assert.equal((await session.next()).status, 0)
  assert.equal(await countOf(world), count + 1n)
}

async function showSessionUnavailable(world: World): Promise<void> {
  const count = await countOf(world)
  const queue = [conditional('queued 4', count), conditional('queued 5', count + 1n)]
  world.faults.refuse({ operation: 'append', stream: STREAM, code: 'unavailable' })
  const session = await world.stream(STREAM, 's2s').openAppend()
  await session.sendBytes(framesOf(queue))
  assert.equal((await refused(503, session.next())).code, 'unavailable')
  assert.equal((await session.next()).status, 0)
  await sendQueue(world, queue)
  assert.equal(await countOf(world), count + 2n)
}

async function showCutAppend(world: World): Promise<void> {
  const count = await countOf(world)
  const [first, second] = [conditional('queued 6', count), conditional('queued 7', count + 1n)]
  world.faults.loseAck({ stream: STREAM })
  const session = await world.stream(STREAM, 's2s').openAppend()
  await session.send(first)
  await assert.rejects(session.next(), TargetError)
  // The first batch is stored: its repeat is refused, and the rest of the queue follows.
  const again = await world.stream(STREAM, 's2s').openAppend()
  await again.sendBytes(framesOf([first, second]))
  assert.equal((await refused(412, again.next())).seq_num_mismatch, count + 1n)
  assert.equal((await again.next()).status, 0)
  await sendQueue(world, [second])
  assert.equal(await countOf(world), count + 2n)
}

/** Sends batches in a session, which must accept them all. */
async function sendQueue(world: World, queue: readonly AppendInput[]): Promise<void> {
  const session = await world.stream(STREAM, 's2s').openAppend()
  await session.sendBytes(framesOf(queue))
  for (const _ of queue) await accepted(session.next())
  session.closeSending()
  assert.equal((await session.next()).status, 0)
}

async function showCutRead({ stream, faults }: World, transport: 's2s' | 'sse'): Promise<void> {
  faults.cutRead({ stream: STREAM, afterRecords: 1 })
  const query = { seqNum: 0n, count: 2n }
  const session = await stream(STREAM, transport).openRead(query)
  const event = await session.next()
  assert(event.kind === 'batch')
  await assert.rejects(session.next(), TargetError)
  const resumed =
    transport === 'sse'
      ? await stream(STREAM, 'sse').openRead(query, { headers: { 'last-event-id': event.id ?? '' } })
      : await stream(STREAM, 's2s').openRead({ seqNum: 1n, count: 1n })
  const kinds = (await resumed.rest()).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['batch', 'end'])
}

const conditional = (body: string, matchSeqNum: bigint): AppendInput => ({
  records: [{ headers: [], body: bytes(body) }],
  matchSeqNum,
})

const framesOf = (inputs: readonly AppendInput[]): Uint8Array => Buffer.concat(inputs.map(appendFrame))
