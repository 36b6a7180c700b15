import { planTarget } from '../../../client/command/plan-target.ts'
import { withTarget } from '../../../client/command/with-target.ts'
import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { outputFiles } from '../../../kit/cli/output-files.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { VERSION } from '../../../kit/version.ts'
import type { Capacity, CapacityStep } from '../../../reports/load/capacity.ts'
import { capacityToText, stepLine } from '../../../reports/load/capacity-text.ts'
import type { LoadResult } from '../../../reports/load/result.ts'
import { toJson } from '../../../reports/to-json.ts'
import { demandValues } from '../../capacity/demand-values.ts'
import { judgeStep } from '../../capacity/judge-step.ts'
import { describeObjective, parseObjectives } from '../../capacity/objective.ts'
import { findCapacity, mostAttempts } from '../../capacity/search.ts'
import { createLiveView } from '../../live/live-view.ts'
import { runLoad } from '../../run/run-load.ts'
import { describeWorkload } from '../../workload/describe.ts'
import { parseAmount } from '../../workload/units.ts'
import type { Workload } from '../../workload/workload.ts'
import { capacityExitCode } from '../capacity-exit-code.ts'
import { consentFrom, demandConsent, reportVolume } from '../consent.ts'
import { loadService } from '../load-service.ts'
import { readWorkload } from '../read-workload.ts'
import { GIVEN_OPTIONS } from '../workload-options.ts'

/** More appends than this are no plan. */
const MOST = 10_000_000

export async function act(given: Given, io: Io): Promise<number> {
  const { objectives, from, to, precision } = readSearch(given)
  const allowSuspect = given.flag('allow-suspect')
  // The rate is what is sought: no option says it, and for whoever is asked for consent the greatest is the rate.
  const base = atRate(await readWorkload(given, undefined, GIVEN_OPTIONS), from)
  demandValues({ objectives, from, workload: base })
  const plan = planTarget(given, io.env, 'on disk')
  const consent = consentFrom(given, 'to')
  const most = atMost(base, to, mostAttempts({ from, to, precision }))
  reportVolume(`at the most, ${demandConsent(consent, most, false)}`, consent, io)
  const service = await loadService(given, plan, io)
  const files = await outputFiles<Capacity>(given, 's2-load', { json: toJson }, io)
  const tool = `s2-load ${VERSION}`
  const started = new Date().toISOString()
  const results: LoadResult[] = []
  const { recorded, notes } = await withTarget(plan, service, io, (target, interrupted) =>
    findCapacity({
      from,
      to,
      precision,
      interrupted,
      async attempt(perSecond): Promise<CapacityStep> {
        const workload = atRate(base, perSecond)
        const view = createLiveView(io, workload, false)
        const use = { workload, tool, interrupted, onTick() {}, onMoment: view.see }
        const result = await runLoad(target, use).finally(() => view.close())
        results.push(result)
        const step = judgeStep({ perSecond, objectives, allowSuspect }, result)
        if (io.isInteractive) io.err(`${stepLine(step)}\n`)
        return step
      },
    }),
  )
  for (const note of notes) io.err(`s2-load: ${note}\n`)
  const [last] = results
  if (last === undefined) throw new Error('no rate was tried')
  const capacity: Capacity = {
    format: 's2-load-capacity',
    version: 1,
    tool,
    started,
    target: targetOf(last),
    machines: last.machines,
    workload: base,
    summary: describeWorkload(base),
    objectives: objectives.map(describeObjective),
    ...recorded,
  }
  io.out(capacityToText(capacity))
  const isWritten = await files.write(capacity, io)
  return isWritten ? capacityExitCode(capacity, allowSuspect) : EXIT.inconclusive
}

function readSearch(given: Given) {
  const slo = given.text('slo')
  if (slo === undefined)
    throw new UsageError('say with --slo what has to hold, such as "response-p99 < 20ms"')
  const from = parseAmount(given.text('from'), '--from', 1)
  const to = parseAmount(given.text('to') ?? MOST, '--to', 1)
  if (to < from)
    throw new UsageError(`--to: ${to} is below --from, which is ${from}: give a lower --from too`)
  const percent = Number(given.text('precision'))
  if (!(percent >= 1 && percent <= 100)) throw new UsageError('--precision is percent from 1 to 100')
  return { objectives: parseObjectives(slo), from, to: Math.min(to, MOST), precision: percent / 100 }
}

const atRate = (workload: Workload, perSecond: number): Workload => ({
  ...workload,
  appends: { ...workload.appends, arrival: { kind: 'open', rate: { kind: 'constant', perSecond } } },
})

/** What the whole search may move: each of its runs at the greatest rate. */
const atMost = (workload: Workload, to: number, runs: number): Workload => ({
  ...atRate(workload, to),
  seconds: (workload.seconds + workload.warmupSeconds) * runs,
  warmupSeconds: 0,
})

const targetOf = ({ target: { label, server } }: LoadResult): Capacity['target'] => ({
  label,
  ...(server !== undefined && { server }),
})
