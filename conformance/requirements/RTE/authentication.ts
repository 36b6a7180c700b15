import type { RawRequest } from '../../../client/raw.ts'
import { batch } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { sessionsOn } from './sessions-on.ts'

export const authenticationRows: readonly Requirement[] = [
  onStream('RTE-011', 'Authentication', async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('a')))
    const operations: readonly RawRequest[] = [
      { method: 'POST', path: stream.recordsPath, body: '{"records":[{}]}' },
      { method: 'GET', path: `${stream.recordsPath}?seq_num=0` },
      { method: 'GET', path: `${stream.recordsPath}/tail` },
      ...sessionsOn(stream),
    ]
    for (const { headers = {}, ...credential } of BAD_CREDENTIALS) {
      for (const operation of operations) {
        const request = { ...operation, ...credential, headers: { ...operation.headers, ...headers } }
        expect.refusedAs(await stream.raw(request), REFUSED)
      }
    }
    await expect.tail(stream, 1n)
  }),
]

const BAD_CREDENTIALS: readonly Pick<RawRequest, 'headers' | 'without'>[] = [
  { without: ['authorization'] },
  { headers: { authorization: 'Bearer not-a-token' } },
  { headers: { authorization: 'Basic dXNlcjpwYXNz' } },
]

const REFUSED = [
  [401, 'authn'],
  [403, 'permission_denied'],
] as const
