import { describe, expect, test } from 'vitest'
import { createRandom } from '../../kit/random.ts'
import type { CapacityStep } from '../../reports/load/capacity.ts'
import { type Found, findCapacity, mostAttempts } from './search.ts'

const step = (perSecond: number, verdict: CapacityStep['verdict']): CapacityStep => ({
  perSecond,
  verdict,
  why: verdict,
  acked: perSecond,
  run: verdict === 'inconclusive' ? 'SUSPECT' : 'VALID',
  reasons: [],
  values: {},
})

/** A search in a world where this is what becomes of a rate, by how often it was tried before. */
async function search(
  world: (perSecond: number, before: number) => CapacityStep['verdict'],
  more: Partial<Parameters<typeof findCapacity>[0]> = {},
): Promise<Found> {
  const tried: number[] = []
  return await findCapacity({
    from: 100,
    to: 10_000,
    precision: 0.1,
    interrupted: new AbortController().signal,
    attempt(perSecond) {
      const before = tried.filter((each) => each === perSecond).length
      tried.push(perSecond)
      return Promise.resolve(step(perSecond, world(perSecond, before)))
    },
    ...more,
  })
}

const upTo =
  (limit: number) =>
  (perSecond: number): CapacityStep['verdict'] =>
    perSecond <= limit ? 'holds' : 'fails'

describe('a search', () => {
  test.each([137, 1000, 1001, 3333, 7777])('finds %d to the precision, and confirms it', async (limit) => {
    const { outcome, perSecond = 0, failsAt = 0, steps } = await search(upTo(limit))
    expect(outcome).toBe('found')
    expect(perSecond).toBeLessThanOrEqual(limit)
    expect(failsAt).toBeGreaterThan(limit)
    expect(failsAt / perSecond).toBeLessThanOrEqual(1.1)
    expect(steps.at(-1)).toMatchObject({ perSecond, verdict: 'holds' })
    expect(steps.filter((each) => each.perSecond === perSecond)).toHaveLength(2)
    expect(steps.length).toBeLessThan(14)
  })

  test('ends at the greatest rate where that holds', async () => {
    const found = await search(upTo(1e9), { to: 250 })
    expect(found).toMatchObject({ outcome: 'holds-throughout', perSecond: 250 })
    expect(found.failsAt).toBeUndefined()
    expect(found.steps.map(({ perSecond }) => perSecond)).toEqual([100, 200, 250, 250])
  })

  test('says that nothing holds', async () => {
    const found = await search(upTo(10))
    expect(found).toMatchObject({ outcome: 'never-holds', failsAt: 100 })
    expect(found.perSecond).toBeUndefined()
    expect(found.steps).toHaveLength(1)
  })

  test('asks twice where it is not clear, and takes the second answer', async () => {
    const found = await search((rate, before) =>
      rate === 400 && before === 0 ? 'inconclusive' : upTo(450)(rate),
    )
    expect(found.outcome).toBe('found')
    expect(found.steps.filter(({ perSecond }) => perSecond === 400).length).toBeGreaterThanOrEqual(2)
  })

  test('does not call an answer what the generator could not tell', async () => {
    const found = await search((rate) => (rate > 450 ? 'inconclusive' : 'holds'))
    expect(found.outcome).toBe('inconclusive')
    expect(found.perSecond).toBeLessThanOrEqual(450)
    expect((await search(() => 'inconclusive')).outcome).toBe('inconclusive')
  })

  test('takes a lower rate where the one found does not hold again, and none where none does', async () => {
    const once = await search((rate, before) =>
      rate > 800 ? 'fails' : rate > 700 && before > 0 ? 'fails' : 'holds',
    )
    expect(once.outcome).toBe('found')
    expect(once.perSecond).toBeLessThanOrEqual(700)
    expect(once.failsAt).toBeGreaterThan(700)
    expect((once.failsAt ?? 0) / (once.perSecond ?? 1)).toBeLessThanOrEqual(1.1)
    const never = await search((rate, before) => (before > 0 ? 'fails' : upTo(900)(rate)))
    expect(never.outcome).toBe('unconfirmed')
    expect(never.perSecond).toBeUndefined()
  })

  test('calls the lowest rate that did not hold the one that fails, and searches on from there', async () => {
    // Above 600 rates hold once and not again: 500, 1,000 and 1,410 have held when that is seen.
    const {
      outcome,
      perSecond = 0,
      failsAt = 0,
      steps,
    } = await search((rate, before) => (rate > 1500 || (rate > 600 && before > 0) ? 'fails' : 'holds'), {
      from: 500,
      to: 2000,
    })
    const lost = steps.filter(({ verdict }) => verdict === 'fails').map((step) => step.perSecond)
    expect(lost).toEqual(expect.arrayContaining([2000, 1410, 1000]))
    expect(failsAt).toBe(Math.min(...lost))
    expect(outcome).toBe('found')
    expect(perSecond).toBeLessThanOrEqual(600)
    expect(failsAt / perSecond).toBeLessThanOrEqual(1.1)
    expect(steps.filter((each) => each.perSecond === perSecond && each.verdict === 'holds')).toHaveLength(2)
  })

  test('does not call an answer what holds below a rate that held once and then could not be told', async () => {
    const found = await search((rate, before) =>
      rate > 800 ? 'fails' : rate === 800 && before > 0 ? 'inconclusive' : 'holds',
    )
    expect(found).toMatchObject({ outcome: 'inconclusive', unclearAt: 800 })
    expect(found.failsAt).toBeUndefined()
    expect(found.perSecond).toBeLessThan(800)
  })

  test('ends at once where records are lost, and where it is interrupted', async () => {
    const lost = await search((rate) => (rate > 250 ? 'violated' : 'holds'))
    expect(lost).toMatchObject({ outcome: 'violation' })
    expect(lost.steps).toHaveLength(3)
    const controller = new AbortController()
    const cut = await search(
      (rate) => {
        if (rate === 200) controller.abort()
        return 'inconclusive'
      },
      { interrupted: controller.signal, from: 200 },
    )
    expect(cut).toMatchObject({ outcome: 'interrupted' })
    expect(cut.steps).toHaveLength(1)
  })
})

describe('the most runs of a search', () => {
  const limits = [
    { from: 100, to: 10_000, precision: 0.1 },
    { from: 100, to: 150, precision: 0.01 },
    { from: 1000, to: 1000, precision: 0.05 },
    { from: 37, to: 5000, precision: 1 },
  ]

  test.each(limits)('are never more: %j', async (each) => {
    const most = mostAttempts(each)
    let greatest = 0
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed)
      const clear = random()
      const limit = each.from * (each.to / each.from) ** (1.2 * random())
      const { steps } = await search((rate) => {
        if (random() > clear) return 'inconclusive'
        return rate <= limit || random() < 0.2 ? 'holds' : 'fails'
      }, each)
      greatest = Math.max(greatest, steps.length)
    }
    expect(greatest).toBeLessThanOrEqual(most)
    // And not far from what happens to somebody.
    expect(greatest).toBeGreaterThan(most / 3)
  })

  test('are enough to find any rate', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed)
      const from = 1 + Math.floor(random() * 2000)
      const precision = 0.01 + random() * random()
      const found = await search(upTo(from * (1 + random() * 50)), { from, to: from * 100, precision })
      expect(found.outcome, `${from} ${precision} ${found.perSecond} ${found.failsAt}`).toBe('found')
      expect((found.failsAt ?? 0) / (found.perSecond ?? 1)).toBeLessThanOrEqual(1 + precision)
    }
  })
})
