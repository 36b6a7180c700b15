import { writeFile } from 'node:fs/promises'
import * as json from '../../reports/json.ts'
import type { RunResult } from '../../reports/result.ts'
import * as terminal from '../../reports/terminal.ts'
import { type Command, EXIT, type Io } from '../cli/command.ts'
import { requirements } from '../requirements/index.ts'
import { select } from '../run/selection.ts'
import { UsageError } from '../usage-error.ts'
import { exitCode, judgeTarget } from './judge-target.ts'
import { expectationsFor, RUN_OPTIONS, settingsFrom } from './run-options.ts'
import { planTarget, readToken } from './run-target-options.ts'

export const run: Command = {
  name: 'run',
  summary: 'judges a server; without an endpoint, the reference server that comes with the suite',
  operands: '[GLOB...]',
  options: RUN_OPTIONS,
  examples: [
    'run --endpoint http://127.0.0.1:8080',
    "run --endpoint http://127.0.0.1:8080 --profile s2-lite --only 'APP-*' --json report.json",
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
    const report = given.text('json')
    if (report !== undefined) await checkWritable(report)

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
    const isWritten = report === undefined || (await write(result, report, io))
    return isWritten ? exitCode(result) : EXIT.inconclusive
  },
}

/** Whether it could be written; the verdicts stand without it. */
async function write(result: RunResult, report: string, io: Io): Promise<boolean> {
  try {
    await writeFile(report, json.render(result))
    return true
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    io.err(`s2-conformance: --json: the file ${report} could not be written: ${why}\n`)
    return false
  }
}

/** Found out before the run and not after it. */
async function checkWritable(path: string): Promise<void> {
  try {
    await writeFile(path, '', { flag: 'a' })
  } catch {
    throw new UsageError(`--json: the file ${path} cannot be written`)
  }
}
