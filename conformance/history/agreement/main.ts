import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { compareJudges } from './agree.ts'

/** `npm run agreement`: 0 if both judges agree on every history, 1 if not. */
function run(): number {
  const { values } = parseArgs({ options: { histories: { type: 'string' }, from: { type: 'string' } } })
  const count = Number(values.histories ?? 100_000)
  const from = Number(values.from ?? randomInt(2 ** 31))
  const { anomalies, disagreements, ...counts } = compareJudges(from, count)
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  say(`seeds ${from} to ${from + count - 1}`)
  say(`${counts.valid} linearizable, ${counts.violated} violated by the search's word`)
  say(
    `with trims ${counts.withTrims}, followers ${counts.withFollowers}, sessions ${counts.withSessions}, ` +
      `appends without an answer ${counts.withUnknown}`,
  )
  for (const [anomaly, times] of [...anomalies].toSorted((a, b) => b[1] - a[1]))
    say(`${anomaly.padEnd(20)} ${times}`)
  if (disagreements.length > 0) say(`they disagree on the seeds ${disagreements.slice(0, 20).join(', ')}`)
  say(`${count - disagreements.length} agreed, ${disagreements.length} disagreed`)
  return disagreements.length === 0 ? 0 : 1
}

process.exitCode = run()
