import type { BasinConfigBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'

/** The configuration of a basin that may have been made just now, when it is not served yet (CP-BAS-045). */
export async function configOf(
  { account, expect, eventually }: Pick<CheckContext, 'account' | 'expect' | 'eventually'>,
  name: string,
): Promise<BasinConfigBody> {
  return await eventually(`the basin ${name} is served`, 30, async () => {
    const answer = await account.getBasinConfig(name)
    return answer.status === 503 ? undefined : expect.ok(answer)
  })
}
