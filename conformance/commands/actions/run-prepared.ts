import type { RunResult } from '../../../reports/result.ts'
import type { Given, Io } from '../../cli/command.ts'
import type { OutputFiles } from '../../cli/output-files.ts'
import { requirements } from '../../requirements/index.ts'
import { type Profile, select } from '../../run/selection.ts'
import type { Launcher } from '../../target/launch/launcher.ts'
import { expectationsFor } from '../expectations-for.ts'
import { judge } from '../judge-target.ts'
import type { TargetPlan } from '../plan-target.ts'
import { reportFiles } from '../report-files.ts'
import { choiceWords, type RunSettings } from '../run-options.ts'
import type { Service } from '../service-options.ts'
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

/** How the profile is called in what is told of the run: our own server is forgiven nothing, so it is judged by no name. */
const profileName = ({ settings, target, profile }: Asked): string =>
  target.isEmbedded && settings.profile === undefined ? 'core and lite' : profile

/** What a run would do, told from here. Throws `UsageError`. */
export function tell(asked: Asked, io: Pick<Io, 'out'>): void {
  const { settings, target, service, profile } = asked
  const { selected, unselected } = select(requirements, { ...settings, profile })
  const firstTransportOnly = settings.time === 'quick'
  const about = {
    firstTransportOnly,
    target: target.options,
    profile: profileName(asked),
    basin: service.basin,
  }
  tellIntent({ selected, unselected: unselected.length, ...about }, io)
}

/** Everything that a run needs but the server. Throws `UsageError`. */
export async function prepare(asked: Asked, token: string | undefined, given: Given): Promise<Run> {
  const { settings, target, service, profile } = asked
  const judging = {
    selection: select(requirements, { ...settings, profile }),
    expectations: await expectationsFor(given, target.isEmbedded ? undefined : profile),
    ...service,
    token,
    profile: profileName(asked),
    seed: settings.seed,
    concurrency: settings.concurrency,
    firstTransportOnly: settings.time === 'quick',
    thorough: settings.time === 'all',
    choice: choiceWords(given),
  }
  const reports = await reportFiles(given)
  return async (launcher, io) => ({ result: await judge(launcher, target, judging, io), reports })
}
