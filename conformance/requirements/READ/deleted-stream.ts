import { bytes } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { GOING } from '../during-deletion.ts'
import { SESSIONS } from '../transports.ts'
import { bounded, ladder, newLadder } from './ladder.ts'
import { expectErrorEnd, recordsOf, untilFollowing } from './sessions.ts'

export const deletedStream: readonly Requirement[] = [
  requirement('READ-057', 'Stream deleted under a follower', { on: SESSIONS }, async (context) => {
    const { basin, expect, transport, record: note } = context
    const stream = await newLadder(context)
    // Base64, since raw JSON cannot show the bytes of the marker.
    const exact = stream.over(transport === 'sse' ? 'base64' : transport)
    const session = await exact.openRead({ seqNum: 0n })
    expect.records(await untilFollowing(expect, session), 0n, ladder)

    expect.status(await basin.deleteStream(stream.name), 202)
    const events = await session.rest()
    expect.refusedAs(expectErrorEnd(expect, events), [
      [503, 'unavailable'],
      [409, 'stream_deletion_pending'],
    ])

    const delivered = recordsOf(events)
    note(`${delivered.length} records came before the error`)
    for (const { headers, body } of delivered) {
      expect.equal(
        headers.map(({ name, value }) => [name.length, value]),
        [[0, bytes('trim')]],
        'headers of the marker',
      )
      expect.equal(body, new Uint8Array(8).fill(0xff), 'body of the marker')
    }
    expect.refusedAs(await stream.read(bounded(transport, { seqNum: 0n })), GOING)
  }),
]
