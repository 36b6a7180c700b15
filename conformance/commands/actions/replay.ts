import { readFile } from 'node:fs/promises'
import * as terminal from '../../../reports/terminal.ts'
import type { Given, Io } from '../../cli/command.ts'
import { type Plan, parsePlan } from '../../model/plan.ts'
import { sequencesFollowTheSpecification } from '../../model/property.ts'
import { runSteps } from '../../model/run-steps.ts'
import type { Requirement } from '../../requirement.ts'
import { UsageError } from '../../usage-error.ts'
import { exitCode, judgeTarget } from '../judge-target.ts'
import { planTarget, readToken } from '../run-target-options.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const plan = await readPlan(given.operands)
  const target = planTarget(given, io.env)
  const judging = {
    selection: { selected: [replaying(plan)], unselected: [] },
    expectations: { entries: [] },
    token: await readToken(given, io.env),
    profile: 'replay',
    seed: 0,
    concurrency: 1,
    firstTransportOnly: false,
  }
  const result = await judgeTarget(target, judging, io)
  const verdict = result.results[0]?.verdict
  io.out(terminal.render(result, { width: io.width, colour: io.colour }))
  io.out(`${verdict === 'pass' ? 'fixed' : verdict === 'fail' ? 'failed' : 'error'}\n`)
  return exitCode(result)
}

/** The property with this one sequence in place of generated ones. */
const replaying = ({ transport, steps }: Plan): Requirement => ({
  ...sequencesFollowTheSpecification,
  on: [transport],
  check: async ({ newStream, expect }) => runSteps(await newStream(), steps, expect),
})

/** Throws `UsageError`. */
async function readPlan(operands: readonly string[]): Promise<Plan> {
  const [path] = operands
  if (path === undefined || operands.length > 1) throw new UsageError('replay takes one replay file')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    throw new UsageError(`the replay file ${path} cannot be read`)
  }
  try {
    return parsePlan(text)
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
