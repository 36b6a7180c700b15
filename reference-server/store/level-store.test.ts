import { describe, expect, test } from 'vitest'
import { type Database, levelStore } from './level-store.ts'

/** A LevelDB whose every read fails so. */
function failing(code: string): Database {
  const fail = (): Promise<never> => Promise.reject(Object.assign(new Error('IO error: 7.ldb'), { code }))
  return {
    level: { get: fail, close: () => Promise.resolve() },
    iterate: () => ({ nextv: fail, close: () => Promise.resolve() }),
    write: () => Promise.resolve(),
  }
}

describe.each([
  ['LEVEL_IO_ERROR', { fault: 'corrupt', message: 'LevelDB cannot read its files' }],
  ['LEVEL_CORRUPTION', { fault: 'corrupt', message: 'LevelDB finds its files damaged' }],
  ['LEVEL_ABORTED', { fault: 'failed', message: 'the store cannot be read' }],
])('a read that fails with %s', (code, error) => {
  const store = levelStore(failing(code))

  test('of one key', async () => {
    await expect(store.get(new Uint8Array(1))).rejects.toMatchObject(error)
  })

  test('of a range', async () => {
    const range = store.range({ from: new Uint8Array(1), to: new Uint8Array(2) })
    await expect(range[Symbol.asyncIterator]().next()).rejects.toMatchObject(error)
  })
})
