import { randomInt } from 'node:crypto'
import type { Command, Given, Io } from '../../kit/cli/command.ts'
import { MAX_SEED } from '../../kit/cli/seed.ts'
import { runTool } from '../../kit/cli/tool.ts'
import { wholeNumber } from '../../kit/cli/whole-number.ts'
import { compareJudges } from './agree.ts'

const MOST = 100_000_000

const command: Command = {
  name: 'agreement',
  summary: 'has generated histories judged by the sweep and by the search, and compares their words',
  options: [
    { name: 'histories', value: 'N', default: '100000', help: 'how many' },
    { name: 'from', value: 'SEED', help: 'the seed of the first; the others follow. Default: a random one' },
  ],
  examples: ['agreement', 'agreement --from 1 --histories 200000'],
  run: (given, io) => Promise.resolve(compare(given, io)),
}

/** 0 if both judges agree on every history, 1 if not. */
function compare(given: Given, io: Io): number {
  const count = wholeNumber('--histories', given.text('histories') ?? '', 1, MOST)
  const seed = given.text('from')
  const from = seed === undefined ? randomInt(2 ** 31) : wholeNumber('--from', seed, 0, MAX_SEED)
  const { anomalies, disagreements, ...counts } = compareJudges(from, count)
  const say = (line: string): void => io.out(`${line}\n`)
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

process.exitCode = await runTool(command, process.argv.slice(2))
