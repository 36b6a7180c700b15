import { describe, expect, test } from 'vitest'
import { StoreError } from '../store/store-error.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { Background } from './background.ts'

async function fail(
  error: Error,
): Promise<{ readonly reported: readonly unknown[]; readonly failed: boolean }> {
  const reported: unknown[] = []
  const background = new Background(new FakeClock(), (fault) => void reported.push(fault))
  background.run(() => Promise.reject(error))
  await background.stop()
  return { reported, failed: background.failed }
}

describe('work that fails in the background', () => {
  test.each([
    new RangeError('a mistake of ours'),
    new StoreError('corrupt', 'a value'),
    new StoreError('failed', 'a read'),
  ])('is told and makes the backend unhealthy: %s', async (error) => {
    expect(await fail(error)).toEqual({ reported: [error], failed: true })
  })

  test('is nothing to tell when the store was closed meanwhile', async () => {
    expect(await fail(new StoreError('closed', 'the store'))).toEqual({ reported: [], failed: false })
  })
})
