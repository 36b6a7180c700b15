import { milliseconds } from '../../reports/load/words.ts'
import type { Part, Say } from './part.ts'
import { type Compared, withoutStall, withStall } from './truth-measured.ts'

export const truth: Part = {
  name: 'truth',
  about: 'what is measured of a server whose delays are known, beside these',
  async run(say) {
    for (const perSecond of [1000, 10_000]) {
      table(
        say,
        `${perSecond} appends/s, 2 ms each, and one second in which nothing is answered`,
        await withStall(perSecond),
      )
      table(say, `${perSecond} appends/s, log-normal delays about 2 ms`, await withoutStall(perSecond))
    }
  },
}

function table(say: Say, title: string, compared: readonly Compared[]): void {
  say(title)
  for (const { quantile, truth, measured, allowed } of compared) {
    const difference = measured - truth
    const judged = Math.abs(difference) <= allowed ? 'within' : 'BEYOND'
    say(
      `  p${(quantile * 100).toString().padEnd(5)} truth ${milliseconds(truth).padStart(8)} ms  measured ${milliseconds(measured).padStart(8)} ms  difference ${(difference / 1000).toFixed(3).padStart(8)} ms, ${judged} ${(allowed / 1000).toFixed(3)} ms`,
    )
  }
}
