import { Interrupted, RunEnded } from '../../kit/run-ended.ts'

/** Ends a run with a reason. */
export interface Stop {
  /** Its reason is a `RunEnded`. */
  readonly signal: AbortSignal
  end(reason: RunEnded): void
  /** Ignores every later reason to end the run. */
  release(): void
}

/** Aborts when the caller interrupts or when the run is ended by itself; the first reason stands. */
export function stopSignal(interrupted: AbortSignal): Stop {
  const controller = new AbortController()
  let isReleased = false
  const end = (reason: RunEnded): void => {
    if (!isReleased) controller.abort(reason)
  }
  const interrupt = (): void => end(endingOf(interrupted))
  if (interrupted.aborted) interrupt()
  interrupted.addEventListener('abort', interrupt, { once: true })
  return {
    signal: controller.signal,
    end,
    release() {
      isReleased = true
      interrupted.removeEventListener('abort', interrupt)
    },
  }
}

/** Why an aborted signal ends a run: its own reason if that is one, else the user. */
export const endingOf = ({ reason }: AbortSignal): RunEnded =>
  reason instanceof RunEnded ? reason : new Interrupted()
