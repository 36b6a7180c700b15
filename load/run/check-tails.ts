import { createPacer, type Pacer } from '../pace/pacer.ts'
import { createPlan } from '../pace/plan.ts'
import type { EngineParts } from './engine.ts'

export interface CheckTails {
  start(startUs: number, untilUs: number): void
  halt(): void
}

/** Asks for tails at an even rate, one stream after the other, whatever has come of those before. */
export function createCheckTails({ task, wiring, isMeasured }: EngineParts): CheckTails {
  const { workload, place } = task
  const { own, pathOf, asking, board, now } = wiring
  let pacer: Pacer | undefined
  const ask = async (stream: number, dueUs: number): Promise<void> => {
    const isGood = await asking
      .send({ method: 'GET', path: `${pathOf(stream)}/tail`, headers: place.headers })
      .then(
        ({ status }) => status === 200,
        () => false,
      )
    board.add(isGood ? 'checkTails' : 'checkTailsFailed', 1)
    if (isMeasured(dueUs)) board.timed['check-tail'].record(now() - dueUs)
  }
  return {
    start(startUs, untilUs) {
      const perSecond = workload.checkTails / workload.threads
      if (perSecond <= 0 || own.length === 0) return
      const plan = createPlan({ kind: 'constant', perSecond }, workload.seed)
      let index = 0
      const due = (): number => {
        const time = startUs + plan.at(index)
        return time < untilUs ? time : Number.POSITIVE_INFINITY
      }
      pacer = createPacer({
        now,
        pacing: workload.pacing,
        due,
        begin() {
          void ask(own[index % own.length] ?? 0, due())
          index += 1
          return true
        },
      })
      pacer.start()
    },
    halt: () => pacer?.stop(),
  }
}
