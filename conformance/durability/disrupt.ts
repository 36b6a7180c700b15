import type { CheckContext } from '../context.ts'
import type { Moment, ProcessFault } from './moment.ts'
import type { Witness } from './witness.ts'

/** Deals the blows one after another, and says how far it is. */
export interface Disruption {
  /** No blow is left, or one went wrong: the clients may end. */
  readonly isOver: boolean
  /** Kills that hit a running or starting target. */
  readonly kills: number
  readonly pauses: number
  /** Resolves when the target is up after the blow of the moment. */
  recovered(): Promise<void>
  run(): Promise<void>
}

type Context = Pick<CheckContext, 'lifecycle' | 'sleep'>

/** Longer than a client of `pauseSeconds` patience waits. */
export interface DisruptOptions {
  readonly pauseMilliseconds?: number
  /** What a blow of the kind `mark` does. */
  readonly mark?: () => void
}

/** What goes on after the last blow, so that it is seen what came of it. */
const AFTERWARDS = 20

export function disrupt(
  { lifecycle, sleep }: Context,
  witness: Witness,
  blows: readonly ProcessFault[],
  { pauseMilliseconds = 500, mark }: DisruptOptions = {},
): Disruption {
  let isOver = false
  let kills = 0
  let pauses = 0
  let last: Promise<void> = Promise.resolve()

  const kill = async (): Promise<void> => {
    await lifecycle.kill()
    kills++
  }
  const until = async (moment: Moment): Promise<void> => {
    if (moment.when === 'later') await sleep(moment.milliseconds)
    else await witness.more(moment.when, moment.count)
  }
  const deal = async (blow: ProcessFault): Promise<void> => {
    if (blow.with === 'mark') return mark?.()
    if (blow.with === 'pause') {
      await lifecycle.pause()
      await sleep(pauseMilliseconds)
      await lifecycle.continue()
      pauses++
      return
    }
    await (blow.with === 'kill' ? kill() : lifecycle.stop())
    if (blow.killedAgainAfter !== undefined) {
      const givenUp = new AbortController()
      const starting = lifecycle.start(givenUp.signal).catch((error: unknown) => {
        if (!givenUp.signal.aborted) throw error
      })
      await sleep(blow.killedAgainAfter)
      givenUp.abort(new Error('killed while it starts'))
      await starting
      await kill()
    }
    await lifecycle.start()
  }
  return {
    get isOver() {
      return isOver
    },
    get kills() {
      return kills
    },
    get pauses() {
      return pauses
    },
    recovered: () => last.catch(() => {}),
    async run() {
      try {
        for (const blow of blows) {
          await until(blow.at)
          last = deal(blow)
          await last
        }
        await witness.more('acked', AFTERWARDS)
      } finally {
        isOver = true
      }
    },
  }
}
