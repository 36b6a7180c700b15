import type { Given, Io } from '../../conformance/cli/command.ts'
import { readToken, type TargetPlan } from '../../conformance/commands/plan-target.ts'
import { basinFrom, type Service, UNLIMITED } from '../../conformance/commands/service-options.ts'
import { bounded } from '../run/bounded-wire.ts'

/** How a target is reached that is to be loaded: what may be moved is agreed on before, and not counted. Throws `UsageError`. */
export async function loadService(
  given: Given,
  plan: TargetPlan,
  io: Pick<Io, 'env' | 'secrets'>,
): Promise<Service & { readonly token: string | undefined }> {
  const basin = basinFrom(given, plan)
  return {
    ...UNLIMITED,
    bound: bounded,
    token: await readToken(given, io),
    ...(basin !== undefined && { basin }),
  }
}
