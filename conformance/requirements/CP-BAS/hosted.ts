import type { Answer } from '../../../client/answer.ts'
import { InconclusiveError } from '../../../client/failures.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { basinInfo } from '../during-deletion.ts'

export const hosted: readonly Requirement[] = [
  requirement('CP-BAS-045', 'Basin not ready', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, newStreamName, expect, eventually, record } = context
    const name = newBasinName()
    const basin = account.basin(name)
    const stream = newStreamName()
    expect.ok(await account.createBasin(name), 201)
    for (const [what, status, ask] of [
      ['its configuration', 200, () => account.getBasinConfig(name)],
      ['a list of its streams', 200, () => basin.listStreams()],
      ['a stream in it', 201, () => basin.createStream(stream)],
      ['its deletion', 202, () => account.deleteBasin(name)],
    ] as const) {
      const served = await eventually(what, 60, async (): Promise<Answer<unknown> | undefined> => {
        const answer = await ask()
        if (answer.status !== 503) return answer
        expect.refused(answer, 503, 'unavailable')
        record(`${what} was unavailable for a while`)
        return undefined
      })
      expect.status(served, status)
    }
  }),

  requirement(
    'CP-BAS-044',
    'Basin quota',
    { needs: ['basins', 'free-tier'], changesAccount: true },
    async (context) => {
      const { account, newBasinName, expect } = context
      const made: string[] = []
      for (;;) {
        const name = newBasinName()
        const answer = await account.createBasin(name)
        if (answer.status !== 201) {
          expect.refused(answer, 403, 'quota_exhausted')
          expect.equal(await basinInfo(context, name), undefined, 'the entry of the refused basin')
          break
        }
        made.push(name)
        if (made.length > QUOTA) throw new InconclusiveError(`${made.length} basins were not above the quota`)
      }
      // Nobody shall be without a basin for longer than this took.
      for (const name of made) {
        await context.eventually('a basin can be deleted', 60, async () => {
          const { status } = await account.deleteBasin(name)
          return status === 202 ? true : undefined
        })
      }
    },
  ),
]

/** As the free tier has it (CP-LIM-001). */
const QUOTA = 100
