import { planTarget } from '../../../client/command/plan-target.ts'
import { withTarget } from '../../../client/command/with-target.ts'
import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { reportToWorkflow } from '../../../kit/cli/github.ts'
import { hideAssignments } from '../../../kit/hide-assignments.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { VERSION } from '../../../kit/version.ts'
import { loadCiReport } from '../../../reports/load/ci-report.ts'
import { loadToText } from '../../../reports/load/text.ts'
import { readCalibration, readKept } from '../../calibrate/kept.ts'
import { createLiveView } from '../../live/live-view.ts'
import { runLoad } from '../../run/run-load.ts'
import { demandAutocannon } from '../../second-opinion/ask-autocannon.ts'
import type { Workload } from '../../workload/workload.ts'
import { consentFrom, demandConsent, reportVolume } from '../consent.ts'
import { exitCode } from '../exit-code.ts'
import { intervalLogs } from '../interval-logs.ts'
import { loadService } from '../load-service.ts'
import { readWorkload } from '../read-workload.ts'
import { resultFiles } from '../result-files.ts'
import { parseStart } from '../start-time.ts'

const TOOL = `s2-load ${VERSION}`

export async function act(given: Given, io: Io): Promise<number> {
  const workload = await readWorkload(given)
  const wantsSecondOpinion = given.flag('second-opinion')
  if (wantsSecondOpinion && !hasSecondOpinion(workload))
    throw new UsageError(
      '--second-opinion is one of appends over HTTP/1.1 at a constant rate: give --transport h1-json and a --rate',
    )
  if (wantsSecondOpinion) await demandAutocannon()
  const startAtMs = parseStart(given.text('start-at'), Date.now())
  const plan = planTarget(given, io.env, 'on disk')
  const consent = consentFrom(given)
  reportVolume(demandConsent(consent, workload, wantsSecondOpinion), consent, io)
  const service = await loadService(given, plan, io)
  const file = given.text('calibration')
  const calibration = await (file === undefined ? readKept(io.env, TOOL) : readCalibration(file))
  const files = await resultFiles(given, io)
  const logs = await intervalLogs(given, io)
  const view = createLiveView(io, workload, given.flag('progress'))
  const { recorded, notes } = await withTarget(plan, service, io, (target, signal) =>
    runLoad(target, {
      workload,
      tool: TOOL,
      ...(startAtMs !== undefined && { startAtMs }),
      wantsSecondOpinion,
      launch: launchOf(given),
      interrupted: signal,
      calibration,
      onTick: logs.tick,
      // Nobody looks where nothing is shown.
      ...((io.isInteractive || given.flag('progress')) && { onMoment: view.see }),
      onEnd: logs.end,
    }),
  ).finally(() => view.close())
  for (const note of notes) io.err(`s2-load: ${note}\n`)
  io.out(loadToText(recorded))
  await reportToWorkflow(recorded, loadCiReport, given, io)
  const isLogged = await logs.wrote(io)
  const isWritten = await files.write(recorded, io)
  return isLogged && isWritten ? exitCode(recorded, given.flag('allow-suspect')) : EXIT.inconclusive
}

function launchOf(given: Given): string | undefined {
  const command = given.text('launch') ?? given.text('container')
  return command === undefined ? undefined : hideAssignments(command)
}

const hasSecondOpinion = ({ appends: { transport, arrival } }: Workload): boolean =>
  transport === 'h1-json' && arrival.kind === 'open' && arrival.rate.kind === 'constant'
