import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import { openMemoryStore } from '../store/memory.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { seriesOf } from '../testing/metrics.ts'
import { addressOf, batch, deletingAfter, ok, testBackend, trim } from '../testing/test-backend.ts'
import type { Backend, StreamAddress } from './backend.ts'

/*
 * The model keeps every record of two streams with its size, and after each step looks up how much there is: readings are
 * what it last saw in each minute. Trims take effect after a second, so the model does so too.
 */

const NOON = 1_699_920_000
const BASIN = 'test-basin'
const NAMES = ['one', 'two'] as const

type Step = (world: World) => Promise<void>

const to = fc.nat({ max: NAMES.length - 1 })
const sizes = fc.array(fc.integer({ min: 8, max: 99 }), { minLength: 1, maxLength: 4 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(to, sizes).map(
      ([to, sizes]): Step =>
        (world) =>
          world.append(to, sizes),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(to, fc.nat({ max: 10 })).map(
      ([to, share]): Step =>
        (world) =>
          world.trim(to, share),
    ),
  },
  {
    weight: 1,
    arbitrary: to.map(
      (to): Step =>
        (world) =>
          world.replace(to),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 4000 }).map(
      (seconds): Step =>
        ({ clock }) =>
          clock.advance(seconds * 1000),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((world) => world.restart()) },
)

class Model {
  /** Sizes of the records of each stream. */
  readonly streams: number[][] = [[], []]
  /** First record that is not trimmed. */
  readonly from: number[] = [0, 0]
  /** By minute, what was stored when it was last looked at. */
  readonly seen: Map<number, readonly number[]> = new Map()

  stored(index: number): number {
    return (this.streams[index] ?? []).slice(this.from[index]).reduce((sum, size) => sum + size, 0)
  }

  look(seconds: number): void {
    this.seen.set(
      seconds - (seconds % 60),
      NAMES.map((_, index) => this.stored(index)),
    )
  }

  /** In each interval the last that was seen up to its end. */
  readings(
    step: number,
    until: number,
    value: (stored: readonly number[]) => number,
  ): readonly [number, number][] {
    const points: [number, number][] = []
    for (let time = NOON; time <= until; time += step) {
      let last: readonly number[] = [0, 0]
      for (const [minute, stored] of this.seen) if (minute < time + step) last = stored
      points.push([time, value(last)])
    }
    return points
  }
}

/** A backend and its model, which do the same. */
interface World {
  readonly clock: FakeClock
  readonly model: Model
  readonly now: () => number
  readonly backend: () => Backend
  append(to: number, sizes: readonly number[]): Promise<void>
  trim(to: number, share: number): Promise<void>
  /** Deletes the stream and makes it anew. */
  replace(to: number): Promise<void>
  restart(): Promise<void>
}

const addresses = NAMES.map((name) => addressOf(BASIN, name))
const address = (index: number): StreamAddress => addresses[index] ?? addressOf(BASIN, 'none')

async function newWorld(): Promise<World> {
  const clock = new FakeClock(BigInt(NOON) * 1000n)
  const model = new Model()
  const now = () => Number(clock.now() / 1000n)
  const store = { ...(await openMemoryStore()), close: async () => {} }
  const open = async () => (await testBackend({ clock, store, rules: { flavor: deletingAfter(0) } })).backend
  let backend = await open()
  const create = async (to: number) =>
    ok(await backend.createStream(address(to), UNSET_STREAM_CONFIG, undefined))
  ok(await backend.createBasin(address(0).basin, DEFAULT_BASIN_CONFIG, undefined))
  for (const index of NAMES.keys()) await create(index)
  return {
    clock,
    model,
    now,
    backend: () => backend,
    async append(to, sizes) {
      ok(await backend.append(address(to), batch(sizes.map((size) => 'x'.repeat(size - 8)))))
      model.streams[to]?.push(...sizes)
    },
    async trim(to, share) {
      const records = model.streams[to] ?? []
      const upTo = Math.floor((records.length * share) / 10)
      ok(await backend.append(address(to), trim(BigInt(upTo))))
      records.push(8 + 2 + 4 + 8)
      model.look(now())
      await clock.advance(1000)
      model.from[to] = Math.max(model.from[to] ?? 0, upTo)
    },
    async replace(to) {
      await backend.deleteStream(address(to))
      model.streams[to] = []
      model.from[to] = 0
      model.look(now())
      await clock.advance(1)
      await create(to)
    },
    async restart() {
      await backend.close()
      backend = await open()
    },
  }
}

test('storage of streams by the minute and of their basin by the hour is what a model of all records holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const world = await newWorld()
      const { model, now } = world
      for (const step of steps) {
        await step(world)
        model.look(now())
      }
      const backend = world.backend()
      const range = { start: NOON, end: now() + 1 }
      for (const [index, address] of addresses.entries()) {
        const metrics = await backend.streamMetrics(address, 'storage', { ...range, interval: 'minute' })
        expect(seriesOf(metrics)).toEqual({
          storage: model.readings(60, now(), (stored) => stored[index] ?? 0),
        })
      }
      const metrics = await backend.basinMetrics(address(0).basin, 'storage', { ...range, interval: 'hour' })
      const sum = ([one = 0, two = 0]: readonly number[]) => one + two
      expect(seriesOf(metrics)).toEqual({ storage: model.readings(3600, now(), sum) })
    }),
    { numRuns: 60 },
  )
})
