import { expect, test } from 'vitest'
import { TargetError, type TargetErrorCode } from './target-error.ts'
import { countUnanswered, type Unanswered } from './unanswered.ts'

const never = new AbortController().signal

/** Requests of a test, which ends them as it likes, and what was reported of them. */
function counting(limit: number) {
  const silent: number[] = []
  const unanswered = countUnanswered(limit, (count) => silent.push(count))
  return { silent, unanswered, begin: (signal = never) => begin(unanswered, signal) }
}

function begin(unanswered: Unanswered, signal: AbortSignal) {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const done = unanswered.request(signal, () => promise).catch(() => {})
  return {
    async answer() {
      resolve()
      await done
    },
    async fail(code: TargetErrorCode = 'timeout') {
      reject(new TargetError(code, 'x'))
      await done
    },
  }
}

test('so many requests in a row without an answer are reported once', async () => {
  const { silent, begin } = counting(3)
  for (let count = 0; count < 5; count++) await begin().fail()
  expect(silent).toEqual([3])
})

test('an answer, or a piece of a session, starts the count anew', async () => {
  const { silent, begin, unanswered } = counting(3)
  for (const answer of [() => begin().answer(), async () => unanswered.heard()]) {
    await begin().fail()
    await begin().fail()
    await answer()
  }
  await begin().fail()
  await begin().fail()
  expect(silent).toEqual([])
  await begin().fail()
  expect(silent).toEqual([3])
})

test('requests that waited together are one stall, until a later one is lost as well', async () => {
  const { silent, begin } = counting(3)
  for (const request of Array.from({ length: 20 }, () => begin())) await request.fail()
  expect(silent).toEqual([])
  await begin().fail()
  expect(silent).toEqual([21])
})

test('a request during which others were answered does not count', async () => {
  const { silent, begin } = counting(2)
  const stuck = Array.from({ length: 9 }, () => begin())
  await begin().answer()
  for (const request of stuck) await request.fail()
  await begin().fail()
  expect(silent).toEqual([])
})

test.each(['cut', 'refused', 'reset', 'malformed'] as const)(
  'an error that is no wait does not count: %s',
  async (code) => {
    const { silent, begin } = counting(2)
    for (let count = 0; count < 5; count++) await begin().fail(code)
    expect(silent).toEqual([])
  },
)

test('a request that its check ended does not count, whatever the reason', async () => {
  const { silent, begin } = counting(2)
  const ended = AbortSignal.abort(new TargetError('timeout', 'the check was not done after 60 s'))
  for (let count = 0; count < 5; count++) await begin(ended).fail()
  expect(silent).toEqual([])
})
