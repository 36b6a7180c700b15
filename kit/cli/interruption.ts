/** What a signal needs of the process. */
export interface Surroundings {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): void
  err(text: string): void
  exit(code: number): void
}

/** Says what would stay behind if the process ended now; undefined for nothing. */
export type LeftoverReport = () => string | undefined

export interface Interruption {
  readonly interrupted: AbortSignal
  /** From now on a process that ends at once says this, until the function that is returned is called. */
  leaves(leavings: LeftoverReport): () => void
}

/** The first Ctrl-C, or a terminal that goes, ends the run in good order; a second Ctrl-C ends the process. */
export function createInterruption({ on, err, exit }: Surroundings): Interruption {
  const controller = new AbortController()
  const known = new Set<LeftoverReport>()
  const stop = (): void => {
    if (controller.signal.aborted) return
    err('\nstopping and cleaning up; once more to quit at once\n')
    controller.abort()
  }
  const quit = (): void => {
    const left = [...known].map((tell) => tell()).filter((text) => text !== undefined)
    if (left.length > 0) err(`\nquit at once; may be left behind: ${left.join('; ')}\n`)
    exit(130)
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    on(name, () => (controller.signal.aborted ? quit() : stop()))
  // Never the second: the kernel and the shell both send it when a terminal goes, and nobody has asked twice.
  on('SIGHUP', stop)
  return {
    interrupted: controller.signal,
    leaves(leavings) {
      known.add(leavings)
      return () => void known.delete(leavings)
    },
  }
}
