import type { Launcher } from './launcher.ts'

/** The launcher, with something of its own to be removed when it is disposed of, even where that fails. */
export const disposeWith = (launcher: Launcher, remove: () => Promise<unknown>): Launcher => ({
  ...launcher,
  // A spread reads a getter once.
  get death() {
    return launcher.death
  },
  async dispose() {
    try {
      await launcher.dispose()
    } finally {
      await remove()
    }
  },
})
