import * as terminal from '../../../reports/terminal.ts'
import { EXIT, type Given, type Io } from '../../cli/command.ts'
import { requirements } from '../../requirements/index.ts'
import { select } from '../../run/selection.ts'
import { expectationsFor } from '../expectations-for.ts'
import { exitCode, judgeTarget } from '../judge-target.ts'
import { planTarget, readToken } from '../plan-target.ts'
import { reportFiles } from '../report-files.ts'
import { settingsFrom } from '../run-options.ts'
import { serviceFrom } from '../service-options.ts'
import { tellIntent } from './dry-run.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const settings = settingsFrom(given)
  const target = planTarget(given, io.env)
  const service = serviceFrom(given, target)
  const profile = settings.profile ?? target.defaultProfile
  const selection = select(requirements, { ...settings, profile })
  const firstTransportOnly = settings.time === 'quick'
  if (given.flag('dry-run')) {
    const { selected, unselected } = selection
    const { basin } = service
    const about = { firstTransportOnly, target: target.options, profile, basin }
    tellIntent({ selected, unselected: unselected.length, ...about }, io)
    return 0
  }
  const expectations = await expectationsFor(given, target.isEmbedded ? undefined : profile)
  const token = await readToken(given, io.env)
  const reports = await reportFiles(given)

  const judging = {
    selection,
    expectations,
    ...service,
    token,
    profile: target.isEmbedded && settings.profile === undefined ? 'core and lite' : profile,
    seed: settings.seed,
    concurrency: settings.concurrency,
    firstTransportOnly,
    thorough: settings.time === 'all',
  }
  const result = await judgeTarget(target, judging, io)
  io.out(terminal.render(result, { width: io.width, colour: io.colour }))
  return (await reports.write(result, io)) ? exitCode(result) : EXIT.inconclusive
}
