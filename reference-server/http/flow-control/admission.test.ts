import { expect, test } from 'vitest'
import { settle } from '../../testing/fake-clock.ts'
import { batch } from '../../testing/test-backend.ts'
import { enterWindows } from './admission.ts'
import { whenAborted } from './session-end.ts'
import { Window } from './window.ts'

const stays = whenAborted(new AbortController().signal)

test('a batch that may not be made any more when its turn comes takes no room', async () => {
  const windows = [new Window(5000), new Window(5000)] as const
  const first = await enterWindows(() => batch(['a']), windows, stays)
  for (const window of windows) void window.enter(4000)
  let revoked = false
  const second = enterWindows(
    () => {
      if (revoked) throw new Error('revoked')
      return batch(['b'])
    },
    windows,
    stays,
  )
  await settle()
  revoked = true
  for (const window of windows) window.leave(first.weight)
  for (const window of windows) window.leave(4000)
  await expect(second).rejects.toThrow('revoked')
  for (const window of windows) expect(window.hasRoom(5000)).toBe(true)
})
