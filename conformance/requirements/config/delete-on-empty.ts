import { row } from '../../catalogue/catalogue.ts'
import type { CheckContext } from '../../context.ts'
import { batch, record, trim } from '../../records.ts'
import type { Requirement } from '../../requirement.ts'
import type { StreamClient } from '../../target/stream-client.ts'
import { expectHolds } from '../read-back.ts'

/** The earliest deletion is after min_age_secs and 600 s, on a tick of 60 s that may be 10 % late (CP-CFG-084). */
const SCHEDULED_SECONDS = 740

/** Deleted as soon as may be: empty from the start, kept for no age. */
const SOON = { retention_policy: { infinite: {} }, delete_on_empty: { min_age_secs: 1 } }

export const deletedWhenEmpty: Requirement = {
  ...row('CP-CFG-083'),
  needs: [],
  seconds: SCHEDULED_SECONDS,
  patience: 150,
  async check(context) {
    const { newStream, expect, sleep } = context
    const empty = await newStream(SOON)
    const filled = await newStream(SOON)
    const disabled = await newStream({ ...SOON, delete_on_empty: { min_age_secs: 0 } })
    const young = await newStream({ ...SOON, delete_on_empty: { min_age_secs: 86_400 } })
    expect.ok(await filled.append(batch('kept')))
    await sleep(SCHEDULED_SECONDS * 1000)
    await untilDeleted(context, empty)
    await expectHolds(context, filled, [record('kept')])
    for (const stream of [disabled, young]) {
      expect.equal(expect.ok(await stream.checkTail()), { seqNum: 0n, timestamp: 0n }, 'tail')
    }
  },
}

export const timingOfDeletion: Requirement = {
  ...row('CP-CFG-084'),
  needs: [],
  seconds: SCHEDULED_SECONDS,
  patience: 150,
  async check(context) {
    const { newStream, expect, now, sleep, record: note } = context
    const begun = now()
    const empty = await newStream(SOON)
    const trimmed = await newStream(SOON)
    expect.ok(await trimmed.append({ records: [record('a'), trim(2n)] }))
    while (now() - begun < 595_000) {
      for (const stream of [empty, trimmed]) expect.ok(await stream.checkTail())
      await sleep(5000)
    }
    for (const stream of [empty, trimmed]) await untilDeleted(context, stream)
    note(`both were deleted within ${Math.round((now() - begun) / 1000)} s`)
  },
}

export const scheduledDeletionIsTakenBack: Requirement = {
  ...row('CP-CFG-086'),
  needs: [],
  seconds: SCHEDULED_SECONDS,
  async check({ basin, newStream, expect, sleep, record: note }) {
    const [disabled, raised, trimmed, control] = [
      await newStream(SOON),
      await newStream(SOON),
      await newStream(SOON),
      await newStream(SOON),
    ]
    expect.ok(await trimmed.append({ records: [record('a'), trim(2n)] }))
    const off = { delete_on_empty: { min_age_secs: 0 } }
    for (const stream of [disabled, trimmed]) expect.ok(await basin.reconfigureStream(stream.name, off))
    const later = { delete_on_empty: { min_age_secs: 86_400 } }
    expect.ok(await basin.reconfigureStream(raised.name, later))
    await sleep(SCHEDULED_SECONDS * 1000)
    for (const stream of [disabled, raised, trimmed]) expect.ok(await stream.checkTail())
    note(`the stream whose setting stayed was answered ${(await control.checkTail()).status}`)
  },
}

async function untilDeleted({ eventually }: CheckContext, stream: StreamClient): Promise<void> {
  await eventually(`${stream.name} is deleted`, 140, async () => {
    const { status } = await stream.checkTail()
    return status === 404 || status === 409 ? true : undefined
  })
}
