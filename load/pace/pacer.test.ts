import { describe, expect, test } from 'vitest'
import { createPacer, type Pacing } from './pacer.ts'

/** Operations that are due by this plan, in microseconds, on a clock that only the test moves. */
function pace(pacing: Pacing, times: readonly number[], room: () => boolean = () => true) {
  let now = 0
  let next = 0
  const begun: { readonly index: number; readonly at: number }[] = []
  const pacer = createPacer({
    now: () => now,
    pacing,
    due: () => times[next] ?? Number.POSITIVE_INFINITY,
    begin() {
      if (!room()) return false
      begun.push({ index: next++, at: now })
      return true
    },
  })
  return {
    pacer,
    begun,
    set(to: number): void {
      now = to
    },
  }
}

describe.each(['timer', 'hybrid', 'spin'] as const)('a pacer by %s', (pacing) => {
  test('begins nothing before its time, and everything in order when it has come', async () => {
    const { pacer, begun, set } = pace(pacing, [0, 1000, 2000, 3000])
    pacer.start()
    expect(begun.map(({ index }) => index)).toEqual([0])
    set(2500)
    await expect.poll(() => begun.map(({ index }) => index)).toEqual([0, 1, 2])
    set(10_000)
    await expect.poll(() => begun.length).toBe(4)
    pacer.stop()
  })

  test('goes on with what is overdue when there is room again', async () => {
    let hasRoom = false
    const { pacer, begun } = pace(pacing, [0, 0, 0], () => hasRoom)
    pacer.start()
    expect(begun).toEqual([])
    hasRoom = true
    pacer.resume()
    await expect.poll(() => begun.length).toBe(3)
    pacer.stop()
  })

  test('begins nothing more when it was stopped', async () => {
    const { pacer, begun, set } = pace(pacing, [0, 1000])
    pacer.start()
    pacer.stop()
    set(5000)
    pacer.resume()
    await new Promise((resolve) => setImmediate(resolve))
    expect(begun.length).toBe(1)
  })
})
