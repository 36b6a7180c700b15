import { describe, expect, test } from 'vitest'
import { settle } from '../testing/fake-clock.ts'
import { groupCommit } from './group-commit.ts'
import type { Sync, Write } from './store.ts'

const put = (key: number, size = 1): Write => ({
  type: 'put',
  key: Uint8Array.of(key),
  value: new Uint8Array(size),
})

/** A disk whose syncs end when told to. */
function disk() {
  const syncs: {
    readonly keys: readonly (number | undefined)[]
    readonly end: PromiseWithResolvers<void>
  }[] = []
  const write = (writes: readonly Write[]): Promise<void> => {
    const end = Promise.withResolvers<void>()
    syncs.push({ keys: writes.map(({ key }) => key[0]), end })
    return end.promise
  }
  return { syncs, write, end: (sync: number) => syncs[sync]?.end.resolve() }
}

describe('group commit', () => {
  test('commits that come during a sync share the next one', async () => {
    const { syncs, write, end } = disk()
    const { commit } = groupCommit(write)
    const done: number[] = []
    const commits = [1, 2, 3, 4].map((key) => commit([put(key)]).then(() => done.push(key)))
    await settle()
    expect(syncs.map(({ keys }) => keys)).toEqual([[1]])
    expect(done).toEqual([])
    end(0)
    await settle()
    expect(syncs.map(({ keys }) => keys)).toEqual([[1], [2, 3, 4]])
    expect(done).toEqual([1])
    end(1)
    await Promise.all(commits)
    expect(done).toEqual([1, 2, 3, 4])
    expect(syncs.length).toBe(2)
  })

  test('a group is closed at 8 MiB, and a larger commit goes alone', async () => {
    const { syncs, write, end } = disk()
    const { commit } = groupCommit(write)
    const mebibyte = 1024 * 1024
    const commits = [put(0), put(1, 5 * mebibyte), put(2, 5 * mebibyte), put(3, 9 * mebibyte), put(4)].map(
      (write) => commit([write]),
    )
    for (let sync = 0; sync < 5; sync++) {
      await settle()
      end(sync)
    }
    await Promise.all(commits)
    expect(syncs.map(({ keys }) => keys)).toEqual([[0], [1], [2], [3], [4]])
  })

  test('a group has at most 500 commits, as whoever else is served waits until all of them are told', async () => {
    const { syncs, write, end } = disk()
    const { commit } = groupCommit(write)
    const commits = Array.from({ length: 1102 }, () => commit([put(1)]))
    for (let sync = 0; sync < 4; sync++) {
      await settle()
      end(sync)
    }
    await Promise.all(commits)
    expect(syncs.map(({ keys }) => keys.length)).toEqual([1, 500, 500, 101])
  })

  test('the first failure is told with its cause, once', async () => {
    const { syncs, write } = disk()
    const told: unknown[] = []
    const group = groupCommit(write, { failed: (error) => told.push(error.cause) })
    const outcomes = Promise.allSettled([group.commit([put(1)]), group.commit([put(2)])])
    const cause = new Error('EIO')
    syncs[0]?.end.reject(cause)
    await outcomes
    await Promise.allSettled([group.commit([put(3)])])
    await group.close()
    expect(told).toEqual([cause])
  })

  test('each sync is told with its commits and its time, a failed one is not', async () => {
    const { syncs, write, end } = disk()
    const told: Sync[] = []
    let now = 0
    const { commit } = groupCommit(write, { synced: (sync) => told.push(sync) }, () => now)
    const commits = [1, 2, 3].map((key) => commit([put(key)]))
    await settle()
    now = 2.5
    end(0)
    await settle()
    now = 10
    end(1)
    await Promise.all(commits)
    expect(told).toEqual([
      { commits: 1, milliseconds: 2.5 },
      { commits: 2, milliseconds: 7.5 },
    ])
    const failed = commit([put(4)])
    await settle()
    syncs[2]?.end.reject(new Error('no'))
    await expect(failed).rejects.toThrow()
    expect(told.length).toBe(2)
  })

  test('after a failed sync nothing is accepted any more', async () => {
    const { syncs, write } = disk()
    const group = groupCommit(write)
    const outcomes = Promise.allSettled([group.commit([put(1)]), group.commit([put(2)])])
    expect(group.healthy()).toBe(true)
    syncs[0]?.end.reject(new Error('EIO'))
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(group.healthy()).toBe(false)
    await expect(group.commit([put(3)])).rejects.toMatchObject({ fault: 'failed' })
    expect(syncs.length).toBe(1)
  })

  test('closing waits for what was asked before, and refuses what comes after', async () => {
    const { syncs, write, end } = disk()
    const group = groupCommit(write)
    const commits = Promise.all([group.commit([put(1)]), group.commit([put(2)])])
    let closed = false
    const closing = group.close().then(() => {
      closed = true
    })
    await expect(group.commit([put(3)])).rejects.toMatchObject({ fault: 'closed' })
    end(0)
    await settle()
    expect(closed).toBe(false)
    end(1)
    await Promise.all([commits, closing])
    expect(syncs.map(({ keys }) => keys)).toEqual([[1], [2]])
  })
})
