import { record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { CIPHERS, KEY, newEncryptedStream, withKey } from '../ENC/encrypted.ts'

export const encryptedStream: readonly Requirement[] = [
  requirement(
    'TAIL-008',
    'No encryption key needed',
    { needs: ['basins', 'encryption'] },
    async (context) => {
      const { expect } = context
      for (const cipher of CIPHERS) {
        const stream = await newEncryptedStream(context, cipher)
        expect.equal(expect.ok(await stream.checkTail()), { seqNum: 0n, timestamp: 0n }, 'tail')
        const ack = expect.ok(await stream.append({ records: [secret, secret] }, withKey(KEY)))
        expect.equal(expect.ok(await stream.checkTail()), ack.end, 'tail')
      }
    },
  ),
]

const secret = record('secret', { headers: [['name', 'value']] })
