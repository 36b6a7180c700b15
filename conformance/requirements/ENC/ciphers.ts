import { batch, record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { streamInfo } from '../during-deletion.ts'
import { CIPHERS, KEY, newEncryptedStream, OTHER_KEY, withKey } from './encrypted.ts'

export const ciphers: readonly Requirement[] = [
  requirement(
    'ENC-001',
    'Algorithms and where they are set',
    { needs: ['basins', 'encryption'] },
    async ({ account, basin, newBasin, newStream, newStreamName, expect }) => {
      for (const cipher of CIPHERS) {
        const encrypted = await newBasin({ stream_cipher: cipher })
        expect.equal(
          expect.ok(await account.getBasinConfig(encrypted.name)).stream_cipher,
          cipher,
          'stream_cipher of the basin',
        )
        const name = newStreamName()
        expect.equal(
          expect.ok(await encrypted.createStream(name), 201).cipher,
          cipher,
          'cipher of the new stream',
        )
        const { streams } = expect.ok(await encrypted.listStreams())
        expect.equal(
          streams.map((stream) => [stream.name, stream.cipher]),
          [[name, cipher]],
          'ciphers in the listing',
        )
      }
      const plain = await newStream()
      const { streams } = expect.ok(await basin.listStreams({ prefix: plain.name }))
      // Names of other checks may begin with this one.
      const own = streams.filter(({ name }) => name === plain.name)
      expect.equal(
        own.map(({ cipher }) => cipher ?? null),
        [null],
        'cipher without the setting',
      )
    },
  ),

  requirement(
    'ENC-014',
    'Cipher follows the basin at creation time',
    { needs: ['basins', 'encryption'] },
    async ({ account, newBasin, newStreamName, expect }) => {
      const basin = await newBasin({ stream_cipher: 'aegis-256', create_stream_on_append: true })
      const cipherOf = async (name: string): Promise<string | null> => {
        const info = expect.present(await streamInfo({ expect }, basin, name), `${name} in the listing`)
        return info.cipher ?? null
      }
      const before = newStreamName()
      expect.ok(await basin.createStream(before), 201)
      expect.ok(await basin.stream(before).append(batch('secret'), withKey(KEY)))

      const settings = [
        ['aes-256-gcm', 'aes-256-gcm'],
        [null, null],
        ['aegis-256', 'aegis-256'],
      ] as const
      for (const [setting, cipher] of settings) {
        expect.ok(await account.reconfigureBasin(basin.name, { stream_cipher: setting }))
        const created = newStreamName()
        expect.ok(await basin.createStream(created), 201)
        expect.equal(await cipherOf(created), cipher, 'cipher of a stream created after the change')

        const auto = newStreamName()
        expect.ok(await basin.stream(auto).append(batch('secret'), withKey(KEY)))
        expect.equal(await cipherOf(auto), cipher, 'cipher of a stream that an append created')
        const keyless = await basin.stream(auto).read({ seqNum: 0n })
        const code = cipher === null ? 'none' : 'bad_header'
        expect.equal(keyless.error?.code ?? 'none', code, 'code of a read without the key')

        expect.equal(await cipherOf(before), 'aegis-256', 'cipher of the stream created first')
        const old = expect.ok(await basin.stream(before).read({ seqNum: 0n }, withKey(KEY)))
        expect.records(old.records, 0n, [record('secret')])
      }
    },
  ),

  requirement(
    'ENC-015',
    'Sessions fix the key at connect',
    { needs: ['basins', 'encryption', 'http2'] },
    async (context) => {
      const { expect } = context
      const stream = (await newEncryptedStream(context, 'aegis-256')).over('s2s')
      const follower = await stream.openRead({ seqNum: 0n }, withKey(KEY))
      const appending = await stream.openAppend(withKey(KEY))
      const bodies = ['first', 'second', 'third']
      for (const [index, body] of bodies.entries()) {
        await appending.send(batch(body))
        expect.equal(expect.ok(await appending.next()).start.seqNum, BigInt(index), 'number of the record')
        // Another connection with another key meanwhile.
        const wrong = await stream.read({ seqNum: 0n, count: 1n }, withKey(OTHER_KEY))
        expect.refused(wrong, 400, 'decryption_failed')
      }
      const sent = bodies.map((body) => record(body))
      expect.records(await follower.records(3), 0n, sent)
      appending.closeSending()
      follower.cancel()
      const whole = expect.ok(await stream.read({ seqNum: 0n, count: 3n }, withKey(KEY)))
      expect.records(whole.records, 0n, sent)
    },
  ),
]
