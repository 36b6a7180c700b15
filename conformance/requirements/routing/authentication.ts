import { row } from '../../catalogue/catalogue.ts'
import { expectTail } from '../../read-back.ts'
import { batch } from '../../records.ts'
import type { Requirement } from '../../requirement.ts'

export const authentication: Requirement = {
  ...row('RTE-011'),
  needs: [],
  async check(context) {
    const { newStream, expect } = context
    const stream = await newStream()
    expect.ok(await stream.append(batch('a')))
    for (const credential of BAD_CREDENTIALS) {
      for (const operation of [
        { method: 'POST', path: stream.recordsPath, body: '{"records":[{}]}' },
        { method: 'GET', path: `${stream.recordsPath}?seq_num=0` },
        { method: 'GET', path: `${stream.recordsPath}/tail` },
      ]) {
        expect.refusedAs(await stream.raw({ ...operation, ...credential }), REFUSED)
      }
    }
    await expectTail(context, stream, 1n)
  },
}

const BAD_CREDENTIALS = [
  { without: ['authorization'] },
  { headers: { authorization: 'Bearer not-a-token' } },
  { headers: { authorization: 'Basic dXNlcjpwYXNz' } },
]

const REFUSED = [
  [401, 'authn'],
  [403, 'permission_denied'],
] as const
