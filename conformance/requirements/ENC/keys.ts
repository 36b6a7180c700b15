import { batch, fence, record } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { bounded } from '../READ/ladder.ts'
import { READERS } from '../transports.ts'
import { KEY, OTHER_KEY, withEachCipher, withKey } from './encrypted.ts'

const secret = record('secret', { headers: [['name', 'value']] })

export const keys: readonly Requirement[] = [
  requirement('ENC-003', 'Missing key', { needs: ['basins', 'encryption'], on: READERS }, async (context) => {
    const { expect, transport } = context
    await withEachCipher(context, [secret], async (stream) => {
      expect.refused(await stream.append({ records: [secret] }), 400, 'bad_header')
      expect.refused(await stream.append({ records: [fence('token')] }), 400, 'bad_header')
      expect.refused(await stream.read(bounded(transport, { seqNum: 0n })), 400, 'bad_header')
      expect.refused(await stream.over('sse').openReadAnswer({ seqNum: 0n }), 400, 'bad_header')
      expect.refused(await stream.over('s2s').openReadAnswer({ seqNum: 0n }), 400, 'bad_header')

      expect.equal(expect.ok(await stream.checkTail()).seqNum, 1n, 'tail.seq_num')
      const unfenced = await stream.append({ records: [secret], fencingToken: '' }, withKey(KEY))
      expect.equal(expect.ok(unfenced).start.seqNum, 1n, 'number of the next record')
    })
  }),

  requirement(
    'ENC-004',
    'Invalid base64 or wrong length, encrypted stream',
    { needs: ['basins', 'encryption'], on: READERS },
    async (context) => {
      const { expect, transport } = context
      await withEachCipher(context, [secret], async (stream) => {
        for (const key of UNUSABLE) {
          expect.refused(await stream.append({ records: [secret] }, withKey(key)), 400, 'bad_header')
          expect.refused(await stream.append({ records: [fence('token')] }, withKey(key)), 400, 'bad_header')
          const read = await stream.read(bounded(transport, { seqNum: 0n }), withKey(key))
          expect.refused(read, 400, 'bad_header')
        }
        expect.equal(expect.ok(await stream.checkTail()).seqNum, 1n, 'tail.seq_num')
      })
    },
  ),

  onStream('ENC-005', 'Header length check, any stream', { on: READERS }, async (context) => {
    const { stream, basin, newStreamName, expect, transport } = context
    expect.ok(await stream.append({ records: [secret] }))
    const unknown = basin.stream(newStreamName(), transport)
    for (const key of WRONG_LENGTH) {
      expect.refused(await stream.append({ records: [secret] }, withKey(key)), 400, 'bad_header')
      const read = await stream.read(bounded(transport, { seqNum: 0n }), withKey(key))
      expect.refused(read, 400, 'bad_header')
      const ofUnknown = await unknown.read(bounded(transport, { seqNum: 0n }), withKey(key))
      expect.refused(ofUnknown, 400, 'bad_header')
    }
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 1n, 'tail.seq_num')
  }),

  onStream('ENC-006', 'Plaintext stream ignores a key', { on: READERS }, async (context) => {
    const { stream, expect, transport } = context
    const range = bounded(transport, { seqNum: 0n })
    expect.ok(await stream.append(batch('with key'), withKey(KEY)))
    expect.ok(await stream.append(batch('without key')))
    const sent = [record('with key'), record('without key')]
    expect.records(expect.ok(await stream.read(range)).records, 0n, sent)
    expect.records(expect.ok(await stream.read(range, withKey(KEY))).records, 0n, sent)
    expect.records(expect.ok(await stream.read(range, withKey(OTHER_KEY))).records, 0n, sent)
    // Whether a key that no cipher could use is ignored as well is left open.
    expect.status(await stream.read(range, withKey('!!!!')), 200, 400)
  }),
]

/** Not base64, and base64 of 16 and of 31 bytes. */
const UNUSABLE = ['!!!!', Buffer.alloc(16, 1).toString('base64'), Buffer.alloc(31, 1).toString('base64')]

/** No characters, and more than 44: base64 of 34 and of 100 bytes, and of 32 and one too many. */
const WRONG_LENGTH = [
  '',
  Buffer.alloc(34, 1).toString('base64'),
  Buffer.alloc(100, 1).toString('base64'),
  `${KEY}A`,
]
