import { batch, fence, record } from '../../../client/records.ts'
import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../check/requirement.ts'
import { bounded } from '../read/ladder.ts'
import { READERS } from '../transports.ts'
import { CIPHERS, KEY, newEncryptedStream, OTHER_KEY, withEachCipher, withKey } from './encrypted.ts'

const secret = record('secret', { headers: [['name', 'value']] })

export const missingKey: Requirement = {
  ...row('ENC-003'),
  needs: ['basins', 'encryption'],
  on: READERS,
  async check(context) {
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
  },
}

/** Not base64, and base64 of 16 and of 31 bytes. */
const UNUSABLE = ['!!!!', Buffer.alloc(16, 1).toString('base64'), Buffer.alloc(31, 1).toString('base64')]

export const unusableKey: Requirement = {
  ...row('ENC-004'),
  needs: ['basins', 'encryption'],
  on: READERS,
  async check(context) {
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
}

/** No characters, and more than 44: base64 of 34 and of 100 bytes, and of 32 and one too many. */
const WRONG_LENGTH = [
  '',
  Buffer.alloc(34, 1).toString('base64'),
  Buffer.alloc(100, 1).toString('base64'),
  `${KEY}A`,
]

export const keyOfWrongLength: Requirement = {
  ...row('ENC-005'),
  needs: [],
  on: READERS,
  async check({ basin, newStream, newStreamName, expect, transport }) {
    const stream = await newStream()
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
  },
}

export const plaintextIgnoresKey: Requirement = {
  ...row('ENC-006'),
  needs: [],
  on: READERS,
  async check({ newStream, expect, transport }) {
    const stream = await newStream()
    const range = bounded(transport, { seqNum: 0n })
    expect.ok(await stream.append(batch('with key'), withKey(KEY)))
    expect.ok(await stream.append(batch('without key')))
    const sent = [record('with key'), record('without key')]
    expect.records(expect.ok(await stream.read(range)).records, 0n, sent)
    expect.records(expect.ok(await stream.read(range, withKey(KEY))).records, 0n, sent)
    expect.records(expect.ok(await stream.read(range, withKey(OTHER_KEY))).records, 0n, sent)
    // Whether a key that no cipher could use is ignored as well is left open.
    expect.status(await stream.read(range, withKey('!!!!')), 200, 400)
  },
}

export const tailNeedsNoKey: Requirement = {
  ...row('TAIL-008'),
  needs: ['basins', 'encryption'],
  async check(context) {
    const { expect } = context
    for (const cipher of CIPHERS) {
      const stream = await newEncryptedStream(context, cipher)
      expect.equal(expect.ok(await stream.checkTail()), { seqNum: 0n, timestamp: 0n }, 'tail')
      const ack = expect.ok(await stream.append({ records: [secret, secret] }, withKey(KEY)))
      expect.equal(expect.ok(await stream.checkTail()), ack.end, 'tail')
    }
  },
}
