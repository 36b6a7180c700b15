import { batch, record } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

/** How long the first instance may take to find out. */
const FENCED_SECONDS = 30

/** What a fenced instance says: it cannot say whether the append took effect. */
const FENCED = ['500 storage', '503 unavailable']

export const fencedOff: readonly Requirement[] = [
  onStream('CP-LITE-006', 'Single writer', { needs: ['restart'] }, async (context) => {
    // A server whose second instance does not come up keeps to one writer as well, and says so by not starting.
    const { stream, lifecycle, account, expect, eventually, record: note, basin } = context
    expect.ok(await stream.append(batch('before')))
    const second = await lifecycle.second()
    try {
      const refused = await second.start()
      if (refused !== undefined) {
        note('the second did not start')
        expect.ok(await stream.append(batch('after')))
        await expect.holds(stream, [record('before'), record('after')])
        return
      }
      const rival = second.account.basin(basin.name).stream(stream.name)
      expect.ok(await rival.append(batch('of the second')))
      const { status, error } = await stream.append(batch('of the first'))
      const said = `${status} ${error?.code}`
      expect.that(FENCED.includes(said), `the answer of the first: ${FENCED.join(' or ')}`, said)
      note(`the first answered ${said}`)
      await eventually('the first says that it is not healthy', FENCED_SECONDS, async () => {
        const health = await account.raw({ method: 'GET', path: '/health', prefix: '' })
        return health.status === 503 ? true : undefined
      })
      await expect.holds(rival, [record('before'), record('of the second')])
    } finally {
      await second.dispose()
      // It is fenced off for good.
      await lifecycle.kill()
      await lifecycle.start()
    }
  }),
]
