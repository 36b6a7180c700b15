import type { BasinClient } from '../../../client/basin-client.ts'
import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'
import { DELETION_SECONDS } from '../during-deletion.ts'

/** Creates a stream of a name whose deletion is under way, as soon as the name is free. */
export async function createAgain(
  { eventually, expect }: Pick<CheckContext, 'eventually' | 'expect'>,
  basin: BasinClient,
  name: string,
  config?: StreamConfigBody,
): Promise<void> {
  await eventually(`the name ${name} is free again`, DELETION_SECONDS, async () => {
    const answer = await basin.createStream(name, config)
    expect.status(answer, 201, 409)
    return answer.status === 201 ? true : undefined
  })
}
