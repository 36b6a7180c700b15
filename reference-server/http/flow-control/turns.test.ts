import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

test('of those that ask at once, each has a turn of the event loop of its own', async () => {
  const turns = new Turns()
  const served: string[] = []
  for (const name of ['a', 'b', 'c']) void turns.next().then(() => served.push(name))
  const seen: string[] = []
  for (let turn = 0; turn < 5; turn++) {
    await setImmediate()
    seen.push(served.join(''))
  }
  expect(seen.filter((text, index) => text !== seen[index - 1])).toEqual(
    expect.arrayContaining(['a', 'ab', 'abc']),
  )
})
