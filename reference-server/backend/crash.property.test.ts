import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SequencedRecord } from '../../proto/types.ts'
import { append } from '../semantics/append/append.ts'
import { EMPTY_STREAM, type StreamState } from '../semantics/append/stream-state.ts'
import type { Batch } from '../semantics/batch/batch.ts'
import { isRefusal } from '../semantics/refusal.ts'
import { settle } from '../testing/fake-clock.ts'
import { recordingStore } from '../testing/recording-store.ts'
import { batch, fence, ok, readAll, testBackend, testStream, trim } from '../testing/test-backend.ts'
import type { Backend, StreamAddress } from './backend.ts'

type Step = Batch | 'wait'

const token = fc.constantFrom('', 'a', 'b')
const conditions = fc.record(
  { matchSeqNum: fc.bigInt({ min: 0n, max: 12n }), fencingToken: token },
  { requiredKeys: [] },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 4 }), conditions)
    .map(([bodies, conditions]) => batch(bodies, conditions)),
  token.map(fence),
  fc.bigInt({ min: 0n, max: 20n }).map(trim),
  fc.constant('wait'),
)

test('whenever the server dies, what it told is true afterwards (DUR-003, DUR-004, DUR-010)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
      const store = await recordingStore()
      const { backend, address, clock } = await testStream({ store })
      const created = store.commits()
      const batches = steps.filter((step) => step !== 'wait')
      const expected = histories(batches, clock.now())
      const told = await Promise.all(await run(backend, address, steps, store.commits))
      expect(store.commits()).toBe(created + expected.length - 1)
      // A batch is one commit, so the commits that survive say how many batches do.
      for (const [survived, history] of expected.entries()) {
        const after = await testBackend({ store: await store.after(created + survived), clock })
        await holds(after.backend, address, history)
        await after.backend.close()
      }
      for (const [index, { at, seqNum }] of told.entries()) {
        const known = expected[at - created]?.state.tail.seqNum ?? 0n
        expect(known, `what batch ${index} was told`).toBeGreaterThanOrEqual(seqNum)
      }
    }),
    { numRuns: 100 },
  )
})

interface History {
  readonly state: StreamState
  readonly records: readonly SequencedRecord[]
}

/** What the stream is after each batch that is accepted, and before the first. */
function histories(batches: readonly Batch[], now: bigint): readonly History[] {
  const all: History[] = [{ state: EMPTY_STREAM, records: [] }]
  for (const batch of batches) {
    const { state, records } = all.at(-1) ?? { state: EMPTY_STREAM, records: [] }
    const outcome = append(state, batch, now, { mode: 'client-prefer', uncapped: false }, undefined)
    if (!isRefusal(outcome)) all.push({ state: outcome.state, records: [...records, ...outcome.records] })
  }
  return all
}

/** The number a client was told, in an acknowledgement or a refusal, and the commits that were durable by then. */
interface Told {
  readonly at: number
  readonly seqNum: bigint
}

async function run(
  backend: Backend,
  address: StreamAddress,
  steps: readonly Step[],
  commits: () => number,
): Promise<readonly Promise<Told>[]> {
  const told: Promise<Told>[] = []
  for (const step of steps) {
    if (step === 'wait') await settle()
    else {
      told.push(
        backend.append(address, step).then((outcome) => {
          if (!isRefusal(outcome)) return { at: commits(), seqNum: outcome.tail.seqNum }
          const seqNum = outcome.refusal === 'seq-num-mismatch' ? outcome.actual : 0n
          return { at: commits(), seqNum }
        }),
      )
    }
  }
  return told
}

async function holds(backend: Backend, address: StreamAddress, { state, records }: History): Promise<void> {
  expect(await backend.checkTail(address)).toEqual({ tail: state.tail })
  const read = await readAll(backend, address, { seqNum: 0n, clamp: true }, { wait: 0 })
  expect(read.records).toEqual(records.filter(({ seqNum }) => seqNum >= state.trimPoint))
  const next = batch(['next'], { matchSeqNum: state.tail.seqNum, fencingToken: state.fencingToken })
  expect(ok(await backend.append(address, next)).start.seqNum).toBe(state.tail.seqNum)
}
