import fc from 'fast-check'
import { row } from '../catalogue/catalogue.ts'
import type { CheckContext } from '../context.ts'
import { ConformanceFailure } from '../failures.ts'
import type { Requirement } from '../requirement.ts'
import { serializePlan } from './plan.ts'
import { runSteps } from './run-steps.ts'
import { type Step, steps } from './step.ts'

const SEQUENCES = 25

/** How long a sequence that failed is shrunk: the smallest one is not worth the deadline of the check. */
const SHRINK_MS = 10_000

/** Generated sequences of requests against the executable specification; a failing one is shrunk and kept for replay. */
export const sequencesFollowTheSpecification: Requirement = {
  ...row('PROP-001'),
  needs: [],
  on: ['json', 'protobuf', 's2s'],
  async check(context) {
    let failed = Number.POSITIVE_INFINITY
    const property = fc.asyncProperty(steps, async (sequence) => {
      if (context.now() - failed > SHRINK_MS) throw new fc.PreconditionFailure(true)
      try {
        await runSteps(await context.newStream(), sequence, context.expect)
      } catch (error) {
        failed = Math.min(failed, context.now())
        throw error
      }
    })
    const seed = Math.floor(context.random() * 0x7fffffff)
    const run = await fc.check(property, { seed, numRuns: SEQUENCES })
    context.record(`${run.numRuns} sequences, seed ${seed}`)
    const sequence = run.counterexample?.[0]
    if (sequence !== undefined) report(context, sequence, run.errorInstance, run.numShrinks)
  },
}

/** A finding of the smallest sequence, told as numbered requests. */
function report(context: CheckContext, sequence: readonly Step[], error: unknown, shrinks: number): never {
  if (!(error instanceof ConformanceFailure)) throw error
  const numbered = sequence.map((step, index) => `${index + 1}. ${JSON.stringify(step)}`)
  const { transport } = context
  context.attach(
    'replay.json',
    serializePlan({ version: 1, property: 'PROP-001', transport, steps: sequence, failure: error.message }),
  )
  throw new ConformanceFailure({
    ...error.finding,
    asked: [`the last of ${sequence.length} requests (shrunk ${shrinks} times)`, ...numbered].join('\n'),
  })
}
