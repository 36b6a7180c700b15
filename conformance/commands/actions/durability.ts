import { planTarget, readToken } from '../../../client/command/plan-target.ts'
import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { reportToWorkflow } from '../../../kit/cli/github.ts'
import { seedFrom } from '../../../kit/cli/seed.ts'
import { wholeNumber } from '../../../kit/cli/whole-number.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { conformanceCiReport } from '../../../reports/ci-report.ts'
import * as terminal from '../../../reports/terminal.ts'
import type { Requirement } from '../../check/requirement.ts'
import { survivesKills, survivesPauses } from '../../requirements/DUR/crash.ts'
import { exactlyOnceThrough } from '../../requirements/DUR/numbers.ts'
import { survivesCuts } from '../../requirements/DUR/power.ts'
import { requirementOf } from '../../requirements/index.ts'
import { exitCode } from '../exit-code.ts'
import { judgeTarget } from '../judge-target.ts'
import { reportFiles } from '../report-files.ts'

const MOST = 10_000

/** The long form of the rows on durability: one line for each trial, then the verdict. */
export async function act(given: Given, io: Io): Promise<number> {
  const number = (name: string): number => wholeNumber(`--${name}`, given.text(name) ?? '', 1, MOST)
  const [kills, pauses, cuts] = [number('kills'), number('pauses'), number('cuts')]
  const trials: readonly Requirement[] = [
    { ...requirementOf('DUR-003'), ...survivesKills(kills) },
    // A result is known by its row; these two look at the same one.
    {
      ...requirementOf('DUR-003'),
      ...survivesPauses(pauses),
      id: 'DUR-003-PAUSED',
      title: 'Paused, in place of killed',
    },
    { ...requirementOf('DUR-011'), ...exactlyOnceThrough(Math.ceil(kills / 2)) },
    requirementOf('DUR-008'),
    { ...requirementOf('DUR-001'), ...survivesCuts(cuts) },
  ]
  const target = planTarget(given, io.env, 'on disk')
  if (target.isAttached) {
    throw new UsageError(
      'durability needs a server that it can kill: say how to start it with --launch or --container',
    )
  }
  const reports = await reportFiles(given, io)
  const judged = await judgeTarget(
    target,
    {
      selection: { selected: trials, unselected: [] },
      expectations: { entries: [] },
      token: await readToken(given, io),
      profile: 'durability',
      seed: seedFrom(given),
      concurrency: 1,
      firstTransportOnly: false,
      thorough: false,
    },
    io,
  )
  // The trials are longer than the rows that they are of, which `run` would judge.
  const trial = `--kills ${kills} --pauses ${pauses} --cuts ${cuts} --seed ${judged.seed}`
  const again = ['s2-conformance durability', judged.target.options, trial].filter(Boolean).join(' ')
  const result = { ...judged, again }
  for (const { id, verdict, observations, reason } of result.results) {
    const said = observations.length > 0 ? observations : [reason ?? '']
    io.out(said.map((line) => `${id.padEnd(14)}  ${verdict}  ${line}\n`).join(''))
  }
  io.out(terminal.render(result, { width: io.width, colour: io.colour }))
  await reportToWorkflow(result, conformanceCiReport, given, io)
  return (await reports.write(result, io)) ? exitCode(result) : EXIT.inconclusive
}
