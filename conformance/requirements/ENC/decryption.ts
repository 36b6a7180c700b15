import { batch, fence, record, trim } from '../../../client/records.ts'
import type { ReadQuery } from '../../../client/stream-client.ts'
import { isS2s } from '../../../client/transport.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { bounded } from '../READ/ladder.ts'
import { expectErrorEnd, recordsOf, untilFollowing } from '../READ/sessions.ts'
import { READERS } from '../transports.ts'
import { CIPHERS, KEY, newEncryptedStream, OTHER_KEY, withEachCipher, withKey } from './encrypted.ts'

const varied = [
  record('plain'),
  record(''),
  record('é 😀 \u0000', {
    headers: [
      ['name', 'value'],
      ['é', ''],
    ],
    timestamp: 100n,
  }),
  record('x'.repeat(5000), { headers: [['name', 'x'.repeat(300)]] }),
]

export const decryption: readonly Requirement[] = [
  requirement('ENC-007', 'Round trip', { needs: ['basins', 'encryption'], on: READERS }, async (context) => {
    const { expect, transport } = context
    for (const cipher of CIPHERS) {
      const stream = await newEncryptedStream(context, cipher)
      const follower = await stream
        .over(isS2s(transport) ? transport : 'sse')
        .openRead({ seqNum: 0n }, withKey(KEY))
      expect.equal(await untilFollowing(expect, follower), [], 'records of an empty stream')
      expect.ok(await stream.append({ records: varied.slice(0, 2) }, withKey(KEY)))
      expect.ok(await stream.append({ records: varied.slice(2) }, withKey(KEY)))

      expect.records(await follower.records(4), 0n, varied)
      follower.cancel()
      for (const reader of READERS) {
        const range = bounded(reader, { seqNum: 0n })
        const { records } = expect.ok(await stream.over(reader).read(range, withKey(KEY)))
        expect.records(records, 0n, varied)
      }
    }
  }),

  requirement(
    'ENC-008',
    'Wrong key on read',
    { needs: ['basins', 'encryption'], on: READERS },
    async (context) => {
      const { expect, transport } = context
      await withEachCipher(context, batch('secret').records, async (stream) => {
        const range = bounded(transport, { seqNum: 0n })
        expect.refused(await stream.read(range, withKey(OTHER_KEY)), 400, 'decryption_failed')
        expect.refused(
          await stream.read({ tailOffset: 1n, count: 1n }, withKey(OTHER_KEY)),
          400,
          'decryption_failed',
        )
        expect.records(expect.ok(await stream.read(range, withKey(KEY))).records, 0n, [record('secret')])
      })
    },
  ),

  requirement(
    'ENC-009',
    'Different key on append is not detected',
    { needs: ['basins', 'encryption'], on: READERS },
    async (context) => {
      const { expect, transport } = context
      const stream = await newEncryptedStream(context, 'aes-256-gcm')
      expect.ok(await stream.append(batch('first'), withKey(KEY)))
      expect.ok(await stream.append(batch('second'), withKey(OTHER_KEY)))
      const both = bounded(transport, { seqNum: 0n })
      expect.refused(await stream.read(both, withKey(KEY)), 400, 'decryption_failed')
      expect.refused(await stream.read(both, withKey(OTHER_KEY)), 400, 'decryption_failed')

      const first = expect.ok(await stream.read({ seqNum: 0n, count: 1n }, withKey(KEY)))
      expect.records(first.records, 0n, [record('first')])
      const second = expect.ok(await stream.read({ seqNum: 1n, count: 1n }, withKey(OTHER_KEY)))
      expect.records(second.records, 1n, [record('second')])
    },
  ),

  requirement(
    'ENC-010',
    'Partial output before a failing record',
    { needs: ['basins', 'encryption'], on: READERS },
    async (context) => {
      const { expect, transport } = context
      const stream = await newEncryptedStream(context, 'aegis-256')
      expect.ok(await stream.append(batch('0', '1', '2'), withKey(KEY)))
      expect.ok(await stream.append(batch('3'), withKey(OTHER_KEY)))
      const whole = await stream.read(bounded(transport, { seqNum: 0n }), withKey(KEY))
      expect.refused(whole, 400, 'decryption_failed')
      const sessions = ['sse', 's2s'] as const
      for (const session of sessions) {
        const events = await (await stream.over(session).openRead({ seqNum: 0n }, withKey(KEY))).rest()
        expect.equal(recordsOf(events), [], 'records before the error')
        expect.refused(expectErrorEnd(expect, events), 400, 'decryption_failed')
      }
      const { records } = expect.ok(await stream.read({ seqNum: 0n, count: 3n }, withKey(KEY)))
      expect.records(records, 0n, [record('0'), record('1'), record('2')])
    },
  ),

  requirement(
    'ENC-011',
    'Command records stay plaintext',
    { needs: ['basins', 'encryption'], on: READERS },
    async (context) => {
      const { expect, transport } = context
      const stream = await newEncryptedStream(context, 'aegis-256')
      expect.ok(await stream.append(batch('secret'), withKey(KEY)))
      const commands = [fence('mine'), trim(0n)]
      expect.ok(await stream.append({ records: commands }, withKey(KEY)))
      const onlyCommands = await stream.read({ seqNum: 1n, count: 2n }, withKey(OTHER_KEY))
      expect.records(expect.ok(onlyCommands).records, 1n, commands)
      expect.refused(
        await stream.read({ seqNum: 0n, count: 3n }, withKey(OTHER_KEY)),
        400,
        'decryption_failed',
      )

      const wrongToken = { ...batch('x'), fencingToken: 'other' }
      expect.refused(await stream.append(wrongToken, withKey(KEY)), 412, { fencing_token_mismatch: 'mine' })
      expect.ok(await stream.append({ records: [trim(3n)], fencingToken: 'mine' }, withKey(KEY)))
      const withItsKey = { ...stream, read: (query: ReadQuery) => stream.read(query, withKey(KEY)) }
      await expect.trimmedTo(withItsKey, 3n)
      const rest = expect.ok(await stream.read(bounded(transport, { seqNum: 0n }), withKey(OTHER_KEY)))
      expect.records(rest.records, 3n, [trim(3n)])
    },
  ),

  requirement(
    'ENC-012',
    'Limits are measured on plaintext',
    { needs: ['basins', 'encryption'], on: READERS },
    async (context) => {
      const { expect } = context
      const largest = record('x'.repeat(MIB - 8))
      await withEachCipher(context, [largest], async (stream) => {
        const tooLarge = { records: [record('x'.repeat(MIB - 7))] }
        expect.refused(await stream.append(tooLarge, withKey(KEY)), 422, 'invalid')
        const whole = expect.ok(await stream.read({ seqNum: 0n, bytes: BigInt(MIB) }, withKey(KEY)))
        expect.records(whole.records, 0n, [largest])
        const oneLess = expect.ok(await stream.read({ seqNum: 0n, bytes: BigInt(MIB - 1) }, withKey(KEY)))
        expect.equal(oneLess.records, [], 'records within one byte less')

        const small = [record('a'), record('b', { headers: [['n', 'v']] })]
        expect.ok(await stream.append({ records: small }, withKey(KEY)))
        const exact = expect.ok(await stream.read({ seqNum: 1n, bytes: 22n }, withKey(KEY)))
        expect.records(exact.records, 1n, small)
        const first = expect.ok(await stream.read({ seqNum: 1n, bytes: 21n }, withKey(KEY)))
        expect.records(first.records, 1n, small.slice(0, 1))
      })
    },
  ),
]

const MIB = 1_048_576
