import { fence, record } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { PROVOCATIONS } from './provoked.ts'

export const bindings: readonly Requirement[] = [
  onStream('ERR-041', 'Status belongs to code', async (context) => {
    const { stream, expect } = context
    expect.ok(await stream.append({ records: [record('a'), fence('token')] }))
    for (const { what, ask } of PROVOCATIONS) {
      const answer = await ask(stream, context)
      const { json, code = keyOf(json) } = expect.present(answer.error, `a refusal of ${what}`)
      expect.equal(answer.status, STATUS[code], `status of ${code}, which came for ${what}`)
    }
  }),

  onStream('ERR-044', 'Client errors do not change state', async (context) => {
    const { stream, basin, expect } = context
    const held = [record('a'), fence('token')]
    expect.ok(await stream.append({ records: held }))
    const config = expect.ok(await basin.getStreamConfig(stream.name))
    for (const { what, outcomes, ask } of PROVOCATIONS) {
      const { status, error } = await ask(stream, context)
      const came = `${status} ${error?.code ?? keyOf(error?.json)}`
      expect.that(outcomes.includes(came), `${outcomes.join(' or ')} for ${what}`, came)
      await expect.tail(stream, 2n)
    }
    await expect.holds(stream, held)
    expect.equal(expect.ok(await basin.getStreamConfig(stream.name)), config, 'configuration')
    const next = { records: [record('b')], matchSeqNum: 2n, fencingToken: 'token' }
    expect.equal(expect.ok(await stream.append(next)).start.seqNum, 2n, 'number of the next record')
  }),
]

/** The two refusals without a code are known by their key. */
const keyOf = (json: Readonly<Record<string, unknown>> | undefined): string => Object.keys(json ?? {}).join()

const STATUS: Readonly<Record<string, number>> = {
  access_token_not_found: 404,
  authn: 401,
  bad_frame: 400,
  bad_header: 400,
  bad_json: 400,
  bad_path: 400,
  bad_proto: 400,
  bad_query: 400,
  basin_deletion_pending: 409,
  basin_not_found: 404,
  client_hangup: 499,
  decryption_failed: 400,
  hot_server: 502,
  invalid: 422,
  not_implemented: 501,
  other: 500,
  permission_denied: 403,
  quota_exhausted: 403,
  rate_limited: 429,
  request_timeout: 408,
  resource_already_exists: 409,
  server_draining: 503,
  storage: 500,
  stream_deletion_pending: 409,
  stream_not_found: 404,
  transaction_conflict: 409,
  unavailable: 503,
  upstream_timeout: 504,
  seq_num_mismatch: 412,
  fencing_token_mismatch: 412,
  tail: 416,
}
