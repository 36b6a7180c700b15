import { batch } from '../../../client/records.ts'
import { textOf } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const authorization: readonly Requirement[] = [
  onStream('CP-RT-063', '`Authorization` is not examined', async ({ stream, account, basin, expect }) => {
    for (const credential of CREDENTIALS) {
      expect.ok(await account.raw({ method: 'GET', path: `/basins/${basin.name}`, ...credential }))
      expect.ok(await basin.raw({ method: 'GET', path: '/streams?limit=1', ...credential }))
      expect.ok(await basin.raw({ method: 'PUT', path: `/streams/${stream.name}`, ...credential }))
      const append = { method: 'POST', path: stream.recordsPath, body: '{"records":[{"body":"a"}]}' }
      expect.ok(await basin.raw({ ...append, ...credential }))
    }
    const { seqNum } = expect.ok(await stream.checkTail())
    expect.equal(seqNum, BigInt(CREDENTIALS.length), 'tail after an append with each')
  }),

  onStream('CP-RT-064', 'Secrets are not echoed', async (context) => {
    const { stream, account, basin, newBasinName, newStreamName, expect } = context
    expect.ok(await stream.append(batch('a')))
    const token = 'secret-credential-0123456789'
    const headers = { authorization: `Bearer ${token}`, 's2-encryption-key': KEY }
    for (const answer of [
      await account.raw({ method: 'GET', path: `/basins/${basin.name}`, headers }),
      await account.raw({ method: 'GET', path: `/basins/${newBasinName()}`, headers }),
      await account.raw({ method: 'POST', path: '/basins', headers, body: '{' }),
      await account.raw({ method: 'GET', path: '/access-tokens', headers }),
      await basin.raw({ method: 'GET', path: `/streams/${newStreamName()}`, headers }),
      await basin.raw({ method: 'GET', path: `${stream.recordsPath}?seq_num=0`, headers }),
      await basin.raw({ method: 'GET', path: `${stream.recordsPath}?seq_num=9`, headers }),
      await basin.raw({
        method: 'GET',
        path: `${stream.recordsPath}?seq_num=0`,
        headers: { ...headers, 's2-encryption-key': `${KEY}too-long-by-far` },
      }),
    ]) {
      const all = `${JSON.stringify(answer.headers)} ${textOf(answer)}`
      for (const secret of [token, KEY.slice(0, 32)]) {
        expect.that(!all.includes(secret), 'an answer without the secrets of the request', all)
      }
    }
  }),
]

const CREDENTIALS = [
  { without: ['authorization'] },
  { headers: { authorization: '' } },
  { headers: { authorization: 'Bearer nothing-known' } },
  { headers: { authorization: 'Basic dXNlcjpwYXNz' } },
  { headers: { authorization: 'nonsense' } },
]

/** 32 bytes in base64, which is a key of the right size. */
const KEY = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='
