import { readToken, type TargetPlan } from '../../client/command/plan-target.ts'
import { basinFrom, type Service, UNLIMITED } from '../../client/command/service-options.ts'
import type { Given, Io } from '../../kit/cli/command.ts'
import { bounded } from '../run/coordinator/bounded-wire.ts'

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
