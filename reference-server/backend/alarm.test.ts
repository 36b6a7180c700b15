import { beforeEach, describe, expect, test } from 'vitest'
import { FakeClock, settle } from '../testing/fake-clock.ts'
import { Alarm } from './alarm.ts'
import { Background } from './background.ts'

const REST = 1000

let clock: FakeClock
let background: Background
let alarm: Alarm
let begun: bigint
let rung: number[]

const at = (milliseconds: number): bigint => begun + BigInt(milliseconds)

beforeEach(() => {
  clock = new FakeClock()
  begun = clock.now()
  background = new Background(clock, () => {})
  alarm = new Alarm(clock, background, REST)
  rung = []
  alarm.start(async () => {
    rung.push(Number(clock.now() - begun))
  })
})

describe('an alarm', () => {
  test('sleeps until it is wanted', async () => {
    await clock.advance(10 * REST)
    expect([rung, clock.pending]).toEqual([[], 0])
    alarm.want(at(12_345))
    await clock.advance(60_000)
    expect(rung).toEqual([12_345])
    expect(clock.pending).toBe(0)
  })

  test('rests first, and rings then for what was wanted meanwhile', async () => {
    alarm.want(begun)
    alarm.want(at(700))
    await clock.advance(REST - 1)
    expect(rung).toEqual([])
    await clock.advance(10 * REST)
    expect(rung).toEqual([1000])
  })

  test('rings once for all who wanted it until then, at the earliest', async () => {
    await clock.advance(REST)
    for (const time of [9000, 5000, 7000, 5000]) alarm.want(at(time))
    await clock.advance(60_000)
    expect(rung).toEqual([5000])
  })

  test('keeps what is wanted while it is at work, and rests in between', async () => {
    alarm.start(async () => {
      rung.push(Number(clock.now() - begun))
      if (rung.length < 4) alarm.want(clock.now())
    })
    alarm.want(begun)
    await clock.advance(60_000)
    expect(rung).toEqual([1000, 2000, 3000, 4000])
  })

  test('rests nine times as long as the work took', async () => {
    const work: (() => void)[] = []
    alarm.start(async () => {
      rung.push(Number(clock.now() - begun))
      await new Promise<void>((resolve) => work.push(resolve))
    })
    alarm.want(begun)
    await clock.advance(2 * REST)
    alarm.want(clock.now())
    await clock.advance(5000)
    for (const finish of work) finish()
    await settle()
    await clock.advance(9 * 6000 - 1)
    expect(rung).toEqual([1000])
    await clock.advance(1)
    expect(rung).toEqual([1000, 7000 + 9 * 6000])
  })

  test('rings however far away that is, and looks at the clock now and then', async () => {
    const month = 31 * 86_400_000
    alarm.want(at(month))
    await clock.advance(month - 1)
    expect(rung).toEqual([])
    await clock.advance(1)
    expect(rung).toEqual([month])
    alarm.want(at(10 * month))
    clock.jump(9n * BigInt(month))
    await clock.advance(3_700_000)
    expect(rung.length).toBe(2)
  })

  test('is silent once the server stops', async () => {
    alarm.want(at(2000))
    await background.stop()
    alarm.want(at(3000))
    await clock.advance(60_000)
    expect([rung, clock.pending]).toEqual([[], 0])
  })
})
