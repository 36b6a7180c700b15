import { readErrorBody } from '../../../client/read-answer.ts'
import { batch, bytes } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { KEY, newEncryptedStream, OTHER_KEY, withKey } from '../ENC/encrypted.ts'
import { expectErrorEnd, recordsOf, untilFollowing } from '../READ/sessions.ts'
import { readEvents } from './event-stream.ts'

export const wrongKey: readonly Requirement[] = [
  requirement(
    'SSE-022',
    'Encryption failure in SSE',
    { needs: ['basins', 'encryption'] },
    async (context) => {
      const { expect } = context
      const stream = await newEncryptedStream(context, 'aegis-256')
      expect.ok(await stream.append(batch('secret'), withKey(KEY)))
      for (const query of ['seq_num=0', 'seq_num=0&count=1']) {
        const { events } = await readEvents(expect, stream, query, withKey(OTHER_KEY).headers)
        expect.equal(
          events.map(({ event }) => event),
          ['error'],
          'names of the events',
        )
        const { data } = expect.present(events[0], 'an error event')
        expect.equal(readErrorBody(bytes(data)).code, 'decryption_failed', `code in the data ${data}`)
      }

      const following = await stream.over('sse').openRead({ seqNum: 1n }, withKey(OTHER_KEY))
      expect.equal(await untilFollowing(expect, following), [], 'records at the tail')
      expect.ok(await stream.append(batch('another'), withKey(KEY)))
      const events = await following.rest()
      expect.refused(expectErrorEnd(expect, events), 400, 'decryption_failed')
      expect.equal(recordsOf(events), [], 'records before the error')
    },
  ),
]
