import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal } from '../semantics/refusal.ts'
import type { Retention } from '../semantics/resources/config.ts'
import { type FakeClock, settle } from '../testing/fake-clock.ts'
import { type RecordingStore, recordingStore } from '../testing/recording-store.ts'
import { batch, ok, readAll, testBackend, testStream, trim } from '../testing/test-backend.ts'
import type { Backend, StreamAddress } from './backend.ts'

const SECOND = 1000n
const GRACE = 30n * SECOND
/** Later than this nothing is, once the server is up for that long: the lateness of trims, and a rest, twice. */
const LATE = 25n * SECOND
const OPTIONS = { deleteOnEmptyGrace: Number(GRACE), removedAtOnce: 1 }

type Step =
  | { readonly step: 'append'; readonly records: number }
  | { readonly step: 'trim'; readonly back: number }
  | { readonly step: 'configure'; readonly retention?: Retention; readonly minAge?: bigint }
  | { readonly step: 'wait'; readonly milliseconds: number }
  | { readonly step: 'crash' }

const retention: fc.Arbitrary<Retention> = fc.oneof(
  fc.constantFrom(1n, 20n, 100n).map((age): Retention => ({ age })),
  fc.constant<Retention>({ infinite: true }),
)
const minAge = fc.constantFrom(0n, 5n, 60n)
const wait = fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 3000, max: 200_000 }))

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ step: fc.constant('append'), records: fc.integer({ min: 1, max: 3 }) }),
    },
    { weight: 2, arbitrary: fc.record({ step: fc.constant('trim'), back: fc.integer({ min: 0, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ step: fc.constant('configure'), retention }) },
    { weight: 1, arbitrary: fc.record({ step: fc.constant('configure'), minAge }) },
    { weight: 6, arbitrary: fc.record({ step: fc.constant('wait'), milliseconds: wait }) },
    { weight: 1, arbitrary: fc.constant({ step: 'crash' }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 1, maxLength: 25 },
)

/** What anybody can know of the stream who writes down what was done when. */
interface Notes {
  retention: Retention
  minAge: bigint
  /** When deletion was switched on, or the stream was made. */
  on: bigint
  /** When a setting changed last: what has become due by that is looked for from then on. */
  configured: bigint
  /** When it was made, or written. */
  written: bigint
  /** Until when each record is kept, and when it was trimmed; `undefined` for ever, and not at all. */
  readonly records: { readonly until: bigint | undefined; trimmed: bigint | undefined }[]
  /** How many records were seen to be gone. */
  gone: number
  up: bigint
}

const ageOf = (retention: Retention): bigint | undefined =>
  'infinite' in retention ? undefined : retention.age * SECOND

/** From when on this record may be gone. */
const mayGoAt = ({ until, trimmed }: Notes['records'][number]): bigint | undefined =>
  until === undefined || (trimmed !== undefined && trimmed < until) ? trimmed : until

/** Records at the beginning that may be gone by then. */
function goneBy({ records }: Notes, now: bigint): number {
  const stays = records.findIndex((record) => {
    const from = mayGoAt(record)
    return from === undefined || from > now
  })
  return stays === -1 ? records.length : stays
}

class Run {
  readonly #store: RecordingStore
  readonly #clock: FakeClock
  readonly #address: StreamAddress
  readonly #notes: Notes
  #backend: Backend
  #current: RecordingStore

  constructor(
    { backend, clock, address }: { backend: Backend; clock: FakeClock; address: StreamAddress },
    store: RecordingStore,
    notes: Pick<Notes, 'retention' | 'minAge'>,
  ) {
    const now = clock.now()
    this.#backend = backend
    this.#clock = clock
    this.#address = address
    this.#store = store
    this.#current = store
    this.#notes = { ...notes, on: now, configured: now, written: now, records: [], gone: 0, up: now }
  }

  async take(step: Step): Promise<void> {
    const { records } = this.#notes
    switch (step.step) {
      case 'append':
        return this.#append(batch(Array(step.records).fill('x')), step.records)
      case 'trim': {
        const upTo = Math.max(0, records.length + 1 - step.back)
        const now = this.#clock.now()
        await this.#append(trim(BigInt(upTo)), 1)
        for (const record of records.slice(0, upTo)) record.trimmed ??= now
        return
      }
      case 'configure':
        return this.#configure(step)
      case 'wait':
        return this.#clock.advance(step.milliseconds)
      case 'crash':
        return this.#crash()
    }
  }

  async #append(given: ReturnType<typeof batch>, count: number): Promise<void> {
    const now = this.#clock.now()
    const age = ageOf(this.#notes.retention)
    const { start } = ok(await this.#backend.append(this.#address, given))
    expect(start.seqNum).toBe(BigInt(this.#notes.records.length))
    const until = age === undefined ? undefined : now + age
    for (let index = 0; index < count; index++) this.#notes.records.push({ until, trimmed: undefined })
    this.#notes.written = now
  }

  async #configure({ retention, minAge }: Extract<Step, { step: 'configure' }>): Promise<void> {
    const unset = { storageClass: undefined, timestampingMode: undefined, timestampingUncapped: undefined }
    ok(
      await this.#backend.reconfigureStream(this.#address, {
        ...unset,
        retention,
        deleteOnEmptyMinAge: minAge,
      }),
    )
    if (minAge !== undefined && minAge > 0n && this.#notes.minAge === 0n) this.#notes.on = this.#clock.now()
    this.#notes.configured = this.#clock.now()
    this.#notes.retention = retention ?? this.#notes.retention
    this.#notes.minAge = minAge ?? this.#notes.minAge
  }

  async #crash(): Promise<void> {
    const store = await recordingStoreFrom(this.#current)
    await this.#backend.close()
    await settle()
    const { backend } = await testBackend({ store, clock: this.#clock, options: OPTIONS })
    this.#current = store
    this.#backend = backend
    this.#notes.up = this.#clock.now()
  }

  /** Compares what is there with the notes; false once the stream is deleted. */
  async check(): Promise<boolean> {
    const notes = this.#notes
    const now = this.#clock.now()
    const checked = await this.#backend.checkTail(this.#address)
    if (isRefusal(checked)) {
      expect(checked).toMatchObject({
        code: expect.stringMatching(/^stream_(deletion_pending|not_found)$/),
      })
      this.#checkDeletion(now)
      return false
    }
    expect(checked.tail.seqNum).toBe(BigInt(notes.records.length))
    const { records } = await readAll(this.#backend, this.#address, { seqNum: 0n }, { wait: 0 })
    const gone = notes.records.length - records.length
    expect(records.map(({ seqNum }) => Number(seqNum))).toEqual(records.map((_, index) => gone + index))
    expect(gone, 'came back').toBeGreaterThanOrEqual(notes.gone)
    expect(gone, 'early').toBeLessThanOrEqual(goneBy(notes, now))
    if (this.#isSettled(now)) expect(gone, 'late').toBeGreaterThanOrEqual(goneBy(notes, now - LATE))
    notes.gone = gone
    this.#checkNoDeletion(now)
    return true
  }

  /** A server that has just come up rests before it sweeps. */
  #isSettled(now: bigint): boolean {
    return now - this.#notes.up > LATE
  }

  #checkDeletion(now: bigint): void {
    const { minAge, records, on, written } = this.#notes
    expect(minAge, 'switched on').toBeGreaterThan(0n)
    expect(goneBy(this.#notes, now), 'empty').toBe(records.length)
    for (const since of [on, written]) {
      expect(now - since, 'empty for long enough').toBeGreaterThanOrEqual(minAge * SECOND + GRACE)
    }
  }

  #checkNoDeletion(now: bigint): void {
    const { minAge, records, on, configured, retention, up } = this.#notes
    const empty = records.reduce<bigint | undefined>((latest, record) => {
      const from = mayGoAt(record)
      return latest === undefined || from === undefined ? undefined : from > latest ? from : latest
    }, 0n)
    if (minAge === 0n || empty === undefined || !this.#isSettled(now)) return
    const since = [empty + LATE, on + (ageOf(retention) ?? 0n), up].reduce((a, b) => (a > b ? a : b))
    const due = since + minAge * SECOND + GRACE
    const seen = due > configured ? due : configured
    expect(now, 'still there').toBeLessThanOrEqual(seen + LATE)
  }

  async end(): Promise<void> {
    await this.#backend.close()
    await this.#store.close()
  }
}

/** The store as a crash leaves it, which goes on recording. */
async function recordingStoreFrom(store: RecordingStore): Promise<RecordingStore> {
  const copy = await recordingStore()
  const crashed = await store.after(store.commits())
  for await (const { key, value } of crashed.range({ from: Uint8Array.of(0), to: Uint8Array.of(255) })) {
    await copy.commit([{ type: 'put', key, value }])
  }
  return copy
}

test('records go neither early nor late, in order, and streams when they are empty (CP-CFG-080 to CP-CFG-086, AUT-014 to AUT-017)', async () => {
  await fc.assert(
    fc.asyncProperty(retention, minAge, steps, async (retention, minAge, steps) => {
      const store = await recordingStore()
      const stream = { retention, deleteOnEmptyMinAge: minAge }
      const run = new Run(await testStream({ store, stream, options: OPTIONS }), store, { retention, minAge })
      for (const step of steps) {
        await run.take(step)
        if (!(await run.check())) break
      }
      await run.end()
    }),
    { numRuns: 150 },
  )
})
