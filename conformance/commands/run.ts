import * as terminal from '../../reports/terminal.ts'
import { type Command, EXIT } from '../cli/command.ts'
import { requirements } from '../requirements/index.ts'
import { select } from '../run/selection.ts'
import { exitCode, judgeTarget } from './judge-target.ts'
import { REPORT_OPTIONS, reportFiles } from './report-files.ts'
import { expectationsFor, RUN_OPTIONS, settingsFrom } from './run-options.ts'
import { planTarget, readToken } from './run-target-options.ts'

export const run: Command = {
  name: 'run',
  summary: 'judges a server; without an endpoint, the reference server that comes with the suite',
  operands: '[GLOB...]',
  options: [...RUN_OPTIONS, ...REPORT_OPTIONS],
  examples: [
    'run --endpoint http://127.0.0.1:8080',
    "run --endpoint http://127.0.0.1:8080 --profile s2-lite --only 'APP-*' --html report.html",
    "run --launch 's2 lite --port {port} --local-root {data_dir}' --profile s2-lite --all",
    'run --quick',
  ],
  async run(given, io) {
    const settings = settingsFrom(given)
    const target = planTarget(given, io.env)
    const profile = settings.profile ?? target.defaultProfile
    const selection = select(requirements, { ...settings, profile })
    const expectations = await expectationsFor(given, target.isEmbedded ? undefined : profile)
    const token = await readToken(given, io.env)
    const reports = await reportFiles(given)

    const judging = {
      selection,
      expectations,
      token,
      profile: target.isEmbedded && settings.profile === undefined ? 'core and lite' : profile,
      seed: settings.seed,
      concurrency: settings.concurrency,
      firstTransportOnly: settings.time === 'quick',
    }
    const result = await judgeTarget(target, judging, io)
    io.out(terminal.render(result, { width: io.width, colour: io.colour }))
    return (await reports.write(result, io)) ? exitCode(result) : EXIT.inconclusive
  },
}
