import { batch, record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { streamInfo } from '../during-deletion.ts'
import { KEY, newEncryptedStream, OTHER_KEY, withKey } from '../ENC/encrypted.ts'

export const cipher: readonly Requirement[] = [
  requirement('CP-CFG-050', 'Cipher of a stream', { needs: ['basins', 'encryption'] }, async (context) => {
    const { account, newBasin, newStreamName, expect, eventually } = context
    const basin = await newBasin({ stream_cipher: 'aegis-256' })
    const name = newStreamName()
    expect.equal(expect.ok(await basin.createStream(name), 201).cipher, 'aegis-256', 'cipher')
    for (const change of [
      () => account.reconfigureBasin(basin.name, { stream_cipher: 'aes-256-gcm' }),
      () => account.ensureBasin(basin.name),
    ]) {
      expect.status(await change(), 200)
      const info = await eventually('the stream is listed', 30, () => streamInfo(context, basin, name))
      expect.equal(info.cipher, 'aegis-256', 'cipher in the listing')
      expect.equal(expect.ok(await basin.ensureStream(name)).cipher, 'aegis-256', 'cipher after a PUT')
    }
    // In a stream's own request the key is unknown: passed over or refused.
    const own = newStreamName()
    for (const key of ['stream_cipher', 'cipher']) {
      const config = JSON.stringify({ [key]: 'aes-256-gcm' })
      const body = `{"stream":"${own}","config":${config},"${key}":"aes-256-gcm"}`
      expect.status(await basin.raw({ method: 'POST', path: '/streams', body }), 201, 409, 400, 422)
      const patched = await basin.raw({ method: 'PATCH', path: `/streams/${name}`, body: config })
      expect.status(patched, 200, 400, 422)
    }
    expect.equal(expect.ok(await basin.ensureStream(name)).cipher, 'aegis-256', 'cipher of the first stream')
    const last = await basin.ensureStream(own)
    expect.defaulted(last.value?.cipher, null, 'cipher of a stream in a basin without one')
  }),

  requirement('CP-CFG-052', 'Key header', { needs: ['basins', 'encryption'] }, async (context) => {
    const { newStream, expect } = context
    const stream = await newEncryptedStream(context, 'aegis-256')
    const sent = [record('secret')]
    const raw = (key: string) => stream.append(batch('no'), withKey(key))
    expect.refused(await stream.append(batch('no')), 400, 'bad_header')
    for (const key of [KEY.slice(0, 43), `${KEY.slice(0, 40)}!!!=`, KEY.slice(4), 'secret']) {
      expect.refused(await raw(key), 400, 'bad_header')
    }
    expect.ok(await stream.append({ records: sent }, withKey(` ${KEY} `)))
    const read = (headers: object = {}) => stream.read({ seqNum: 0n, count: 1n }, headers)
    expect.records(expect.ok(await read(withKey(KEY))).records, 0n, sent)
    expect.refused(await read(), 400, 'bad_header')
    expect.refused(await read(withKey(OTHER_KEY)), 400, 'decryption_failed')
    expect.equal(expect.ok(await stream.checkTail()).seqNum, 1n, 'tail.seq_num without a key')

    const plain = await newStream()
    expect.ok(await plain.append(batch('a'), withKey(KEY)))
    const both = [await plain.read({ seqNum: 0n }), await plain.read({ seqNum: 0n }, withKey(OTHER_KEY))]
    for (const answer of both) expect.records(expect.ok(answer).records, 0n, [record('a')])
  }),
]
