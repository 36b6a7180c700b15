import { expect, test } from 'vitest'
import { quietIo as io } from '../../kit/testing/quiet-io.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { singleEndpoint } from '../endpoints.ts'
import { attach } from '../launch/attached.ts'
import type { Launcher } from '../launch/launcher.ts'
import type { TargetPlan } from './plan-target.ts'
import { withLauncherAnd } from './with-launcher.ts'

/** A target that is up when `ready` says so, and what was done to it. */
function target(ready: Promise<void>): { plan: TargetPlan; events: string[] } {
  const events: string[] = []
  let starting: Promise<void> = Promise.resolve()
  const launcher: Launcher = {
    ...attach(singleEndpoint('http://127.0.0.1:1')),
    start(signal) {
      events.push('start')
      const given = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
      starting = Promise.race([ready, given]).then(() => void events.push('up'))
      return starting
    },
    // As with a real one, in turn: what is being started is not taken down before.
    dispose: async () => {
      await starting.catch(() => {})
      events.push('gone')
    },
  }
  const plan: TargetPlan = {
    createLauncher: () => Promise.resolve(launcher),
    isEmbedded: false,
    isAttached: false,
    options: '',
  }
  return { plan, events }
}

test('the target starts while what it is used with is made', async () => {
  const up = Promise.withResolvers<void>()
  const { plan, events } = target(up.promise)
  const prepare = async (): Promise<string> => {
    events.push('prepare')
    up.resolve()
    return 'made'
  }
  const used = await withLauncherAnd(prepare, plan, io, async (_, made) => {
    events.push(`use what was ${made}`)
    return made
  })
  expect(used).toBe('made')
  expect(events).toEqual(['start', 'prepare', 'up', 'use what was made', 'gone'])
})

test('a wrong word does not wait for a server that never starts', async () => {
  const { plan, events } = target(new Promise(() => {}))
  const prepare = () => Promise.reject(new UsageError('no such row'))
  const used = withLauncherAnd(prepare, plan, io, () => Promise.resolve('used'))
  await expect(used).rejects.toThrow(new UsageError('no such row'))
  expect(events).toEqual(['start', 'gone'])
})

test('of a server that does not start, its own error is told', async () => {
  const { plan, events } = target(Promise.reject(new Error('the port is taken')))
  const used = withLauncherAnd(
    () => Promise.resolve(1),
    plan,
    io,
    () => Promise.resolve('used'),
  )
  await expect(used).rejects.toThrow('the port is taken')
  expect(events).toEqual(['start', 'gone'])
})
