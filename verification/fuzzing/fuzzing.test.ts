import { expect, test } from 'vitest'
import { leaksIn } from './report.ts'
import { runGarbage } from './run.ts'

/*
 * Whatever arrives, the server refuses it or does it: it has no fault of its own, answers each request that HTTP allows once
 * and wholly, keeps no client waiting who has left, goes on serving, and gives everything back. Connections come many at a
 * time, so that they also get into each other's way. `npm run verify -- fuzz` does the same with a hundred thousand requests.
 */

test('requests and frames that are wrong somewhere, or everywhere', async () => {
  // One that is known: chance decides the counts below. `npm run verify -- fuzz` takes others.
  const seed = 1
  const report = await runGarbage({ seed, requests: 3000 })
  expect(report.failures.join('\n\n'), `seed ${seed}`).toBe('')
  expect(leaksIn(report), `seed ${seed}`).toEqual([])
  const fates = [...report.counts.values()].map((counts) =>
    [...counts.values()].reduce((sum, count) => sum + count, 0),
  )
  expect(Math.min(...fates), `seed ${seed}`).toBeGreaterThan(50)
  expect(report.counts.get('HTTP/1.1, well-formed')?.get('200'), `seed ${seed}`).toBeGreaterThan(20)
  expect(report.counts.get('HTTP/2, well-formed')?.get('200'), `seed ${seed}`).toBeGreaterThan(10)
})

test('the same seed makes the same bytes', async () => {
  const { chanceOf } = await import('./chance.ts')
  const { KINDS } = await import('./kinds.ts')
  for (const kind of KINDS) {
    const [one, other, next] = [7, 7, 8].map((seed) => kind.make(chanceOf(seed, kind.name, 3)).bytes)
    expect(Buffer.compare(one ?? new Uint8Array(), other ?? new Uint8Array())).toBe(0)
    expect(Buffer.compare(one ?? new Uint8Array(), next ?? new Uint8Array())).not.toBe(0)
  }
})
