import { describe, expect, test } from 'vitest'
import { FakeClock, settle } from '../../testing/fake-clock.ts'
import { MemoryBudget, type Reservation } from './memory-budget.ts'

interface Guest {
  readonly place: Reservation
  readonly givenUp: () => boolean
}

function open(room: MemoryBudget): Guest {
  let givenUp = false
  const place = room.open(() => {
    givenUp = true
  })
  return { place, givenUp: () => givenUp }
}

async function isLetIn(taken: Promise<void> | undefined): Promise<boolean> {
  let done = taken === undefined
  void taken?.then(() => {
    done = true
  })
  await settle()
  return done
}

describe('a room', () => {
  test('lets in at once whom it has room for, and others when there is', async () => {
    const room = new MemoryBudget(10, new FakeClock())
    const [first, second] = [open(room), open(room)]
    expect(first.place.take(6)).toBeUndefined()
    const waiting = second.place.take(5)
    expect(await isLetIn(waiting)).toBe(false)
    first.place.hold(5)
    expect(await isLetIn(waiting)).toBe(true)
    expect(room.held).toBe(10)
  })

  test('tells who comes now whether that is so', async () => {
    const room = new MemoryBudget(10, new FakeClock())
    const [first, second] = [open(room), open(room)]
    expect(room.hasRoom(11)).toBe(true)
    void first.place.take(6)
    expect(room.hasRoom(4)).toBe(true)
    expect(room.hasRoom(5)).toBe(false)
    void second.place.take(5)
    expect(room.hasRoom(1)).toBe(false)
    second.place.leave()
    expect(room.hasRoom(4)).toBe(true)
  })

  test('lets those in first who came first', async () => {
    const room = new MemoryBudget(10, new FakeClock())
    const [first, second, third] = [open(room), open(room), open(room)]
    void second.place.take(1)
    void third.place.take(9)
    third.place.busy(true)
    const late = second.place.take(5)
    const early = first.place.take(5)
    third.place.hold(4)
    expect(await isLetIn(early)).toBe(true)
    expect(await isLetIn(late)).toBe(false)
  })

  test('gives up the last where all wait for each other, and no more', async () => {
    const clock = new FakeClock()
    const room = new MemoryBudget(9, clock)
    const guests = [open(room), open(room), open(room)]
    for (const { place } of guests) void place.take(3)
    const waits = guests.map(({ place }) => place.take(2))
    expect(await Promise.all(waits.map((taken) => isLetIn(taken)))).toEqual([true, false, true])
    expect(guests.map(({ givenUp }) => givenUp())).toEqual([false, false, true])
    expect(room.held).toBe(8)
    guests[0]?.place.leave()
    expect(await isLetIn(waits[1])).toBe(true)
  })

  test('gives up nobody who waits as long as others can go on', async () => {
    const clock = new FakeClock()
    const room = new MemoryBudget(9, clock)
    const [served, waits] = [open(room), open(room)]
    void served.place.take(5)
    served.place.busy(true)
    void waits.place.take(4)
    const waiting = waits.place.take(4)
    await clock.advance(100_000)
    expect(waits.givenUp()).toBe(false)
    served.place.leave()
    expect(await isLetIn(waiting)).toBe(true)
  })

  test('keeps the order of arrival', async () => {
    const room = new MemoryBudget(10, new FakeClock())
    const [first, heavy, light] = [open(room), open(room), open(room)]
    void first.place.take(8)
    const large = heavy.place.take(6)
    const small = light.place.take(1)
    expect(await isLetIn(small)).toBe(false)
    first.place.leave()
    expect(await isLetIn(large)).toBe(true)
    expect(await isLetIn(small)).toBe(true)
  })

  test('lets one alone hold whatever it needs', () => {
    const room = new MemoryBudget(10, new FakeClock())
    const { place } = open(room)
    expect(place.take(8)).toBeUndefined()
    expect(place.take(8)).toBeUndefined()
    expect(room.held).toBe(16)
  })

  test('gives nobody up while nobody waits', async () => {
    const clock = new FakeClock()
    const { place, givenUp } = open(new MemoryBudget(10, clock))
    void place.take(10)
    await clock.advance(1_000_000)
    expect(givenUp()).toBe(false)
    expect(clock.pending).toBe(0)
  })

  test('gives up who has stood still for longest when another waits, and no more than it must', async () => {
    const clock = new FakeClock()
    const room = new MemoryBudget(10, clock)
    const [stale, fresh, late] = [open(room), open(room), open(room)]
    void fresh.place.take(2)
    void stale.place.take(5)
    await clock.advance(700)
    void fresh.place.take(1)
    await clock.advance(200)
    const waiting = late.place.take(4)
    expect(await isLetIn(waiting)).toBe(false)
    // Both have stood still for longer than a patience when the crowd has lasted for too long.
    await clock.advance(2_999)
    expect([stale.givenUp(), fresh.givenUp()]).toEqual([false, false])
    await clock.advance(1)
    expect([stale.givenUp(), fresh.givenUp()]).toEqual([true, false])
    expect(await isLetIn(waiting)).toBe(true)
    await clock.advance(5_000)
    expect(fresh.givenUp()).toBe(false)
    expect(room.held).toBe(7)
  })

  test('gives up no client that moves in the turn in which its patience runs out', async () => {
    let now = 0n
    const due: (() => void)[] = []
    const timer = (_milliseconds: number, fire: () => void) => {
      due.push(fire)
      return () => {}
    }
    const room = new MemoryBudget(10, { now: () => now, timer })
    const [stale, late] = [open(room), open(room)]
    void stale.place.take(8)
    const waiting = late.place.take(4)
    // The process was stopped for a minute: the timer fires before the socket is read.
    now += 60_000n
    due[0]?.()
    stale.place.hold(1)
    expect(await isLetIn(waiting)).toBe(true)
    expect([due.length, stale.givenUp()]).toEqual([1, false])
  })

  test('gives nobody up for a crowd that passes', async () => {
    const clock = new FakeClock()
    const room = new MemoryBudget(10, clock)
    const [still, served, late] = [open(room), open(room), open(room)]
    void still.place.take(5)
    void served.place.take(5)
    served.place.busy(true)
    await clock.advance(60_000)
    const waiting = late.place.take(4)
    await clock.advance(2_900)
    served.place.leave()
    expect(await isLetIn(waiting)).toBe(true)
    await clock.advance(60_000)
    expect([still.givenUp(), clock.pending]).toEqual([false, 0])
  })

  test('gives up whom the server holds more for than there is room', async () => {
    const clock = new FakeClock()
    const room = new MemoryBudget(10, clock)
    const [one, two] = [open(room), open(room)]
    one.place.hold(8)
    two.place.hold(8)
    await clock.advance(1_000)
    expect([one.givenUp(), two.givenUp()]).toEqual([true, false])
    expect([room.held, clock.pending]).toEqual([8, 0])
  })

  test('does not give up one for which the server has to act, but from then on', async () => {
    const clock = new FakeClock()
    const room = new MemoryBudget(10, clock)
    const [served, late] = [open(room), open(room)]
    void served.place.take(10)
    served.place.busy(true)
    const waiting = late.place.take(1)
    await clock.advance(5_000)
    expect(served.givenUp()).toBe(false)
    served.place.busy(false)
    await clock.advance(999)
    expect(served.givenUp()).toBe(false)
    await clock.advance(1)
    expect(served.givenUp()).toBe(true)
    expect(await isLetIn(waiting)).toBe(true)
  })

  test('lets go of one that waits when it leaves', async () => {
    const room = new MemoryBudget(10, new FakeClock())
    const [first, second] = [open(room), open(room)]
    void first.place.take(6)
    first.place.busy(true)
    const left = second.place.take(5)
    second.place.leave()
    expect(await isLetIn(left)).toBe(true)
    expect(room.held).toBe(6)
  })

  test('has nothing of those that have left', () => {
    const room = new MemoryBudget(10, new FakeClock())
    const { place, givenUp } = open(room)
    void place.take(5)
    place.leave()
    place.leave()
    void place.take(3)
    place.hold(3)
    place.busy(true)
    expect(room.held).toBe(0)
    expect(givenUp()).toBe(false)
  })
})
