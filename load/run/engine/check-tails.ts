import { createPacer, type Pacer } from '../../pace/pacer.ts'
import { createPlan } from '../../pace/plan.ts'
import { TransportError } from '../../transport/transport-error.ts'
import type { EngineParts } from './engine-parts.ts'
import { signalOrTimeout } from './signal-or-timeout.ts'

export interface CheckTails {
  start(startUs: number, untilUs: number): void
  halt(): void
  /** Resolves when all have an answer; those that have none by then have failed, and count with the time that they had taken. */
  drained(milliseconds: number): Promise<void>
}

/** One that is under way: when it was planned. */
interface Asked {
  readonly dueUs: number
}

/** Asks for tails at an even rate, one stream after the other, whatever has come of those before. */
export function createCheckTails({ task, wiring, isMeasured }: EngineParts): CheckTails {
  const { workload, place } = task
  const { own, pathOf, asking, board, now } = wiring
  const live = new Set<Asked>()
  let onIdle: () => void = () => {}
  let pacer: Pacer | undefined
  let halt: () => void = () => {}

  /** As of appends, what failed is in no time, and what is given up is: it has taken longer than all others. */
  const ended = (asked: Asked, how: 'good' | 'failed' | 'given up'): void => {
    if (!live.delete(asked)) return
    board.add(how === 'good' ? 'checkTails' : 'checkTailsFailed', 1)
    if (how !== 'failed' && isMeasured(asked.dueUs)) board.timed['check-tail'].record(now() - asked.dueUs)
    if (live.size === 0) onIdle()
  }
  const ask = (stream: number, dueUs: number): void => {
    const asked = { dueUs }
    live.add(asked)
    board.add('checkTailsBegun', 1)
    asking.send({ method: 'GET', path: `${pathOf(stream)}/tail`, headers: place.headers }).then(
      ({ status }) => ended(asked, status === 200 ? 'good' : 'failed'),
      (error: unknown) => {
        if (!(error instanceof TransportError)) throw error
        ended(asked, 'failed')
      },
    )
  }
  return {
    start(startUs, untilUs) {
      const { checkTails: perSecond, threads } = workload
      const [first] = own
      if (perSecond <= 0 || first === undefined) return
      const plan = createPlan({ kind: 'constant', perSecond }, workload.seed)
      // As of appends, every thread goes through the whole plan and takes what belongs to its streams.
      let index = first
      const stream = (): number => index % task.streams.length
      const due = (): number => {
        const time = startUs + plan.at(index)
        return time < untilUs ? time : Number.POSITIVE_INFINITY
      }
      const begin = (): boolean => {
        ask(stream(), due())
        do index += 1
        while (stream() % threads !== task.thread)
        return true
      }
      pacer = createPacer({ now, pacing: workload.pacing, due, begin })
      pacer.start()
      halt = () => {
        pacer?.stop()
        // It was planned, and whoever leaves it out tells a target faster than it is.
        while (due() <= now()) begin()
      }
    },
    halt: () => halt(),
    async drained(milliseconds) {
      if (live.size > 0) await signalOrTimeout((resolve) => (onIdle = resolve), milliseconds)
      for (const asked of [...live]) ended(asked, 'given up')
    },
  }
}
