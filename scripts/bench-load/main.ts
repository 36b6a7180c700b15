/**
 * How true and how fast the load generator is, beside others, on this machine: `npm run bench:load -- [truth]`. Prints tables;
 * no figure decides anything.
 */
import { milliseconds } from '../../reports/load/words.ts'
import { type Compared, withoutStall, withStall } from './truth.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function table(title: string, compared: readonly Compared[]): void {
  say(title)
  for (const { quantile, truth, measured, allowed } of compared) {
    const difference = measured - truth
    const judged = Math.abs(difference) <= allowed ? 'within' : 'BEYOND'
    say(
      `  p${(quantile * 100).toString().padEnd(5)} truth ${milliseconds(truth).padStart(8)} ms  measured ${milliseconds(measured).padStart(8)} ms  difference ${(difference / 1000).toFixed(3).padStart(8)} ms, ${judged} ${(allowed / 1000).toFixed(3)} ms`,
    )
  }
}

for (const perSecond of [1000, 10_000]) {
  table(
    `${perSecond} appends/s, 2 ms each, and one second in which nothing is answered`,
    await withStall(perSecond),
  )
  table(`${perSecond} appends/s, log-normal delays about 2 ms`, await withoutStall(perSecond))
}
