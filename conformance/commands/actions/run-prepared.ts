import type { TargetPlan } from '../../../client/command/plan-target.ts'
import type { Service } from '../../../client/command/service-options.ts'
import type { Launcher } from '../../../client/launch/launcher.ts'
import type { Given, Io } from '../../../kit/cli/command.ts'
import type { OutputFiles } from '../../../kit/cli/output-files.ts'
import type { RunResult } from '../../../reports/result.ts'
import type { JudgedProfile } from '../../check/profile.ts'
import { requirements } from '../../requirements/index.ts'
import type { Expectations } from '../../run/expectations.ts'
import { type Profile, select } from '../../run/selection.ts'
import { expectationsFor } from '../expectations-for.ts'
import { judge } from '../judge-target.ts'
import { reportFiles } from '../report-files.ts'
import { breadthOf, choiceWords, type RunSettings } from '../run-options.ts'
import { tellIntent } from './dry-run.ts'

/** What the command line asks for, as far as it can be told without the requirements. */
export interface Asked {
  readonly settings: RunSettings
  readonly target: TargetPlan
  readonly service: Service
  readonly profile: Profile
}

export type Run = (launcher: Launcher, io: Io) => Promise<Judged>

export interface Judged {
  readonly result: RunResult
  readonly reports: OutputFiles<RunResult>
}

/** The profile of the report. The embedded server is judged by the rows of both, with no expectations. */
const profileName = ({ settings, target, profile }: Asked): JudgedProfile =>
  target.isEmbedded && settings.profile === undefined ? 'core and lite' : profile

/** Prints what a run would do, and sends nothing. Throws `UsageError` wherever the run itself would. */
export async function tell(asked: Asked, given: Given, io: Pick<Io, 'out'>): Promise<void> {
  const { settings, target, service, profile } = asked
  const { selected, unselected } = select(requirements, { ...settings, profile })
  await expectationsOf(asked, given)
  const firstTransportOnly = settings.time === 'quick'
  const about = {
    firstTransportOnly,
    target: target.options,
    profile: profileName(asked),
    basin: service.basin,
  }
  tellIntent({ selected, unselected: unselected.length, ...about }, io)
}

const expectationsOf = ({ target, profile }: Asked, given: Given): Promise<Expectations> =>
  expectationsFor(given, target.isEmbedded ? undefined : profile)

/** Everything that a run needs but the server. Throws `UsageError`. */
export async function prepare(asked: Asked, token: string | undefined, given: Given, io: Io): Promise<Run> {
  const { settings, target, service, profile } = asked
  const judging = {
    selection: select(requirements, { ...settings, profile }),
    expectations: await expectationsOf(asked, given),
    ...service,
    token,
    profile: profileName(asked),
    seed: settings.seed,
    concurrency: settings.concurrency,
    ...breadthOf(settings.time),
    choice: choiceWords(given),
    progress: given.flag('progress'),
  }
  const reports = await reportFiles(given, io)
  return async (launcher, io) => ({ result: await judge(launcher, target, judging, io), reports })
}
