import { randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as json from '../../reports/json.ts'
import type { RunResult } from '../../reports/result.ts'
import * as terminal from '../../reports/terminal.ts'
import { type Command, EXIT, type Io } from '../cli/command.ts'
import { createProgress } from '../progress.ts'
import { requirements } from '../requirements/index.ts'
import { realClock } from '../run/clock.ts'
import { runSuite } from '../run/run-suite.ts'
import { select } from '../run/selection.ts'
import { UsageError } from '../usage-error.ts'
import { VERSION } from '../version.ts'
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
    const selection = select(requirements, { profile, only: settings.only, time: settings.time })
    const expectations = await expectationsFor(given, target.isEmbedded ? undefined : profile)
    const token = await readToken(given, io.env)
    const report = given.text('json')
    if (report !== undefined) await checkWritable(report)

    const launcher = await target.createLauncher(io.env)
    const progress = createProgress(io)
    try {
      await launcher.start(io.interrupted)
      const result = await runSuite(
        {
          selection,
          expectations,
          token,
          profile: target.isEmbedded && settings.profile === undefined ? 'core and lite' : profile,
          seed: settings.seed ?? randomInt(2 ** 32),
          concurrency: settings.concurrency,
          firstTransportOnly: settings.time === 'quick',
          runId: randomId(),
          version: VERSION,
        },
        {
          launcher,
          clock: realClock,
          started: new Date(),
          interrupted: io.interrupted,
          events: progress,
          keep: (name, content) => keep(io.cwd, name, content),
        },
      )
      progress.end()
      await publish(result, report, io)
      return exitCode(result)
    } finally {
      progress.end()
      await launcher.dispose()
    }
  },
}

async function publish(result: RunResult, report: string | undefined, io: Io): Promise<void> {
  if (report !== undefined) await writeFile(report, json.render(result))
  io.out(terminal.render(result, { width: io.width, colour: io.colour }))
}

function exitCode({ outcome }: RunResult): number {
  if (outcome === 'conformant') return EXIT.conformant
  return outcome === 'not conformant' ? EXIT.notConformant : EXIT.inconclusive
}

/** Found out before the run and not after it. */
async function checkWritable(path: string): Promise<void> {
  try {
    await writeFile(path, '', { flag: 'a' })
  } catch {
    throw new UsageError(`--json: the file ${path} cannot be written`)
  }
}

async function keep(cwd: string, name: string, content: string): Promise<string> {
  const folder = join(cwd, '.s2-conformance')
  await mkdir(folder, { recursive: true })
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const ID_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Apart from the seed: two runs with one seed must not meet. */
const randomId = (): string =>
  Array.from({ length: 10 }, () => ID_CHARACTERS[randomInt(ID_CHARACTERS.length)]).join('')
