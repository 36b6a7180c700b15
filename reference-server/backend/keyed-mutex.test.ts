import { expect, test } from 'vitest'
import { settle } from '../testing/fake-clock.ts'
import { KeyedMutex } from './keyed-mutex.ts'

test('one task at a time per key, in order; other keys do not wait, failures do not stop it', async () => {
  const mutex = new KeyedMutex()
  const log: string[] = []
  const gates = new Map<string, PromiseWithResolvers<void>>()
  const run = (key: string, name: string) =>
    mutex.run(key, async () => {
      log.push(`${name} begins`)
      const gate = Promise.withResolvers<void>()
      gates.set(name, gate)
      await gate.promise
      log.push(`${name} ends`)
      return name
    })
  const outcomes = Promise.allSettled([run('k', '1'), run('k', '2'), run('k', '3'), run('other', '4')])
  await settle()
  expect(log).toEqual(['1 begins', '4 begins'])
  gates.get('4')?.resolve()
  gates.get('1')?.reject(new Error('failed'))
  await settle()
  expect(log).toEqual(['1 begins', '4 begins', '4 ends', '2 begins'])
  gates.get('2')?.resolve()
  await settle()
  gates.get('3')?.resolve()
  expect((await outcomes).map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
  expect(log.at(-1)).toBe('3 ends')
})
