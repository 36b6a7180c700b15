import { readFile } from 'node:fs/promises'
import { planTarget, readToken } from '../../../client/command/plan-target.ts'
import { serviceFrom } from '../../../client/command/service-options.ts'
import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { reportToWorkflow } from '../../../kit/cli/github.ts'
import { messageOf, systemReason } from '../../../kit/message-of.ts'
import { shellWord } from '../../../kit/text/shell-word.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { conformanceCiReport } from '../../../reports/ci-report.ts'
import * as terminal from '../../../reports/terminal.ts'
import type { Requirement } from '../../check/requirement.ts'
import { properties } from '../../model/index.ts'
import { type Plan, parsePlan } from '../../model/plan.ts'
import { exitCode } from '../exit-code.ts'
import { judgeTarget } from '../judge-target.ts'
import { reportFiles } from '../report-files.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const { path, plan, requirement } = await readPlan(given.operands)
  const target = planTarget(given, io.env)
  const service = serviceFrom(given, target, io.env)
  const reports = await reportFiles(given, io)
  const judging = {
    ...service,
    selection: { selected: [requirement], unselected: [] },
    expectations: { entries: [] },
    token: await readToken(given, io),
    profile: plan.profile,
    seed: 0,
    concurrency: 1,
    firstTransportOnly: false,
    thorough: false,
  }
  const judged = await judgeTarget(target, judging, io)
  const again = ['s2-conformance replay', shellWord(path), judged.target.options].filter(Boolean).join(' ')
  const result = { ...judged, again }
  const verdict = result.results[0]?.verdict
  io.out(terminal.render(result, { width: io.width, colour: io.colour }))
  io.out(`${verdict === 'pass' ? 'fixed' : verdict === 'fail' ? 'failed' : 'error'}\n`)
  await reportToWorkflow(result, conformanceCiReport, given, io)
  return (await reports.write(result, io)) ? exitCode(result) : EXIT.inconclusive
}

/** Throws a `RangeError` for a plan of no property. */
function replaying(plan: Plan): Requirement {
  const property = properties.find(({ requirement }) => requirement.id === plan.property)
  if (property === undefined) throw new RangeError(`there is no property ${plan.property}`)
  return property.replaying(plan)
}

/** Throws `UsageError`. */
async function readPlan(
  operands: readonly string[],
): Promise<{ readonly path: string; readonly plan: Plan; readonly requirement: Requirement }> {
  const [path] = operands
  if (path === undefined || operands.length > 1) throw new UsageError('replay takes one replay file')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`the replay file ${path} cannot be read: ${systemReason(error)}`)
  }
  try {
    const plan = parsePlan(text)
    return { path, plan, requirement: replaying(plan) }
  } catch (error) {
    throw new UsageError(
      `${path} is not a replay file: ${messageOf(error)}; a failing PROP row keeps one in .s2-conformance/`,
    )
  }
}
