import { planTarget, readToken } from '../../../client/command/plan-target.ts'
import { serviceFrom } from '../../../client/command/service-options.ts'
import { withLauncherAnd } from '../../../client/command/with-launcher.ts'
import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { reportToWorkflow } from '../../../kit/cli/github.ts'
import { conformanceCiReport } from '../../../reports/ci-report.ts'
import * as terminal from '../../../reports/terminal.ts'
import { exitCode } from '../exit-code.ts'
import { settingsFrom, withQuickBudget } from '../run-options.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const settings = settingsFrom(given)
  const target = planTarget(given, io.env)
  const asked = {
    settings,
    target,
    service: withQuickBudget(serviceFrom(given, target, io.env), settings.time),
    profile: settings.profile ?? (target.isEmbedded ? 's2-lite' : 'core'),
  }
  const token = await readToken(given, io)
  // The requirements take as long to load as a server takes to start.
  const prepared = () => import('./run-prepared.ts')
  if (given.flag('dry-run')) {
    const { tell } = await prepared()
    await tell(asked, given, io)
    return 0
  }
  const prepare = async () => (await prepared()).prepare(asked, token, given, io)
  const { result, reports } = await withLauncherAnd(prepare, target, io, (launcher, run) => run(launcher, io))
  io.out(terminal.render(result, { width: io.width, colour: io.colour }))
  await reportToWorkflow(result, conformanceCiReport, given, io)
  return (await reports.write(result, io)) ? exitCode(result) : EXIT.inconclusive
}
