import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import { InconclusiveError } from '../../../client/failures.ts'
import { batch, record, trim } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { GOING } from '../during-deletion.ts'

/** Long enough to append, or to change the setting, before it runs out. */
const MIN_AGE_SECONDS = 20

/** s2-lite looks every 60 s, or up to 10 % later; no server promises when it does. */
const LOOKED_FOR_SECONDS = 200

/** What a check takes at least, where the deletion comes as soon as that. */
const LEAST_SECONDS = 90

const emptyAfter = (min_age_secs: number): StreamConfigBody => ({
  retention_policy: { infinite: {} },
  delete_on_empty: { min_age_secs },
})

export const deleteOnEmpty: readonly Requirement[] = [
  requirement(
    'CP-CFG-083',
    'Delete-on-empty',
    { seconds: LEAST_SECONDS, patience: LOOKED_FOR_SECONDS },
    async (context) => {
      const { newStream, expect, now } = context
      const filled = await newStream(emptyAfter(MIN_AGE_SECONDS))
      const disabled = await newStream(emptyAfter(0))
      const young = await newStream(emptyAfter(86_400))
      expect.ok(await filled.append(batch('kept')))
      const created = now()
      await untilDeleted(context, await newStream(emptyAfter(MIN_AGE_SECONDS)))
      expectOldEnough(context, (now() - created) / 1000)
      await expect.holds(filled, [record('kept')])
      for (const stream of [disabled, young]) {
        expect.equal(expect.ok(await stream.checkTail()), { seqNum: 0n, timestamp: 0n }, 'tail')
      }
    },
  ),

  requirement(
    'CP-CFG-084',
    'Timing of delete-on-empty',
    { seconds: LEAST_SECONDS, patience: LOOKED_FOR_SECONDS },
    async (context) => {
      const { newStream, expect, now, record: note } = context
      const created = now()
      const empty = await newStream(emptyAfter(MIN_AGE_SECONDS))
      const trimmed = await newStream(emptyAfter(MIN_AGE_SECONDS))
      expect.ok(await trimmed.append(batch('a')))
      const written = now()
      expect.ok(await trimmed.append({ records: [trim(2n)] }))
      const ageAtDeletion = async (stream: StreamClient, since: number): Promise<number | undefined> =>
        (await isDeleted(context, stream)) ? (now() - since) / 1000 : undefined
      const [ofEmpty, ofTrimmed] = await Promise.all([
        ageAtDeletion(empty, created),
        ageAtDeletion(trimmed, written),
      ])
      note(`empty: ${told(ofEmpty)}; trimmed: ${told(ofTrimmed)}`)
      const ages = [ofEmpty, ofTrimmed].filter((seconds) => seconds !== undefined)
      if (ages.length === 0)
        throw new InconclusiveError(`no stream was deleted within ${LOOKED_FOR_SECONDS} s`)
      for (const seconds of ages) expectOldEnough(context, seconds)
    },
  ),

  requirement(
    'CP-CFG-086',
    'Delete-on-empty taken back',
    { seconds: LEAST_SECONDS, patience: LOOKED_FOR_SECONDS },
    async (context) => {
      const { basin, newStream, expect } = context
      const soon = emptyAfter(MIN_AGE_SECONDS)
      const [disabled, raised, trimmed] = [
        await newStream(soon),
        await newStream(soon),
        await newStream(soon),
      ]
      expect.ok(await trimmed.append({ records: [record('a'), trim(2n)] }))
      const off = { delete_on_empty: { min_age_secs: 0 } }
      for (const { name } of [disabled, trimmed]) expect.ok(await basin.reconfigureStream(name, off))
      const later = { delete_on_empty: { min_age_secs: 86_400 } }
      expect.ok(await basin.reconfigureStream(raised.name, later))
      // Made last, and gone: the time of the others would have come.
      await untilDeleted(context, await newStream(soon))
      for (const stream of [disabled, raised, trimmed]) expect.ok(await stream.checkTail())
    },
  ),
]

/** s2-lite counts in whole seconds. */
function expectOldEnough({ expect }: CheckContext, seconds: number): void {
  expect.that(seconds > MIN_AGE_SECONDS - 1.5, `not deleted before ${MIN_AGE_SECONDS} s`, seconds)
}

const told = (seconds: number | undefined): string =>
  seconds === undefined ? 'not deleted in time' : `deleted ${seconds.toFixed(1)} s after the last write`

/** That it was not deleted yet says nothing against a server. */
async function untilDeleted(context: CheckContext, stream: StreamClient): Promise<void> {
  if (await isDeleted(context, stream)) return
  throw new InconclusiveError(`the empty stream was not deleted within ${LOOKED_FOR_SECONDS} s`)
}

async function isDeleted({ expect, now, sleep }: CheckContext, stream: StreamClient): Promise<boolean> {
  const begun = now()
  while (now() - begun < LOOKED_FOR_SECONDS * 1000) {
    const answer = await stream.checkTail()
    if (answer.status !== 200) {
      expect.refusedAs(answer, GOING)
      return true
    }
    await sleep(500)
  }
  return false
}
