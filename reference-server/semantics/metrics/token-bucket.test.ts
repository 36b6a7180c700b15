import { expect, test } from 'vitest'
import { fullBucket, isFull, take } from './token-bucket.ts'

test('what comes in a second may be taken at once, and not one more', () => {
  let bucket = fullBucket(200, 0n)
  for (let taken = 0; taken < 200; taken++) {
    const { after, wait } = take(bucket, 200, 1, 0n)
    expect(wait).toBe(0)
    bucket = after
  }
  expect(take(bucket, 200, 1, 0n).wait).toBe(5)
  expect(take(bucket, 200, 1, 4n).wait).toBe(1)
  expect(take(bucket, 200, 1, 5n).wait).toBe(0)
  expect(take(bucket, 200, 3, 5n).wait).toBe(10)
})

test('what is taken ahead makes the next one wait longer', () => {
  const first = take(fullBucket(10, 0n), 10, 10, 0n)
  const second = take(first.after, 10, 1, 0n)
  const third = take(second.after, 10, 1, 0n)
  expect([first.wait, second.wait, third.wait]).toEqual([0, 100, 200])
})

test('more than comes in a second waits for a full bucket, and is paid for afterwards', () => {
  const { after, wait } = take(fullBucket(10, 0n), 10, 25, 0n)
  expect(wait).toBe(0)
  expect(take(after, 10, 1, 0n).wait).toBe(1600)
  expect(take(after, 10, 25, 1500n).wait).toBe(1000)
})

test('a second without use fills it, and it never holds more', () => {
  const { after } = take(fullBucket(10, 0n), 10, 10, 0n)
  expect([999n, 1000n, 5000n].map((now) => isFull(after, 10, now))).toEqual([false, true, true])
  expect(take(after, 10, 11, 86_400_000n).after.left).toBe(-1000n)
})

test('a clock that is set back brings nothing, and goes on from where it is set', () => {
  const { after } = take(fullBucket(10, 1000n), 10, 10, 1000n)
  const back = take(after, 10, 1, 0n)
  expect(back.wait).toBe(100)
  expect(take(back.after, 10, 1, 200n).wait).toBe(0)
})
