import { batch, fence, record, trim } from '../../../client/records.ts'
import type { CheckContext } from '../../check/context.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { basinInfo } from '../during-deletion.ts'
import { APPENDERS } from '../transports.ts'
import { ask, newPlace, OPERATIONS } from './operations.ts'
import { askFor, expectNotIssued, freshId, issue } from './tokens.ts'

const NEEDS = ['access-tokens', 'authentication'] as const

const DENIED = [403, 'permission_denied'] as const

export const denials: readonly Requirement[] = [
  requirement('CP-TOK-041', 'Denials seen', { needs: NEEDS }, async (context) => {
    const { account, basin, newBasinName, newStreamName, expect } = context
    const outside = newBasinName()
    const create = (name: string) => ({ method: 'POST', path: '/basins', body: `{"basin":"${name}"}` })
    const within = await issue(context, { ops: ['create-basin'], basins: { prefix: `${outside}-in` } })
    expect.refused(await account.raw({ ...create(outside), ...within.bearer }), ...DENIED)
    const reader = await issue(context, { ops: ['list-basins'], basins: { prefix: '' } })
    expect.refused(await account.raw({ ...create(outside), ...reader.bearer }), ...DENIED)
    expect.equal(await basinInfo(context, outside), undefined, 'the entry of the basin')
    expect.refused(await account.raw({ method: 'GET', path: '/access-tokens', ...reader.bearer }), ...DENIED)
    const scope = { ops: ['create-stream'], basins: { exact: outside }, streams: { prefix: '' } }
    const stream = newStreamName()
    const elsewhere = { method: 'POST', path: '/streams', body: `{"stream":"${stream}"}` }
    const { bearer } = await issue(context, scope)
    expect.refused(await basin.raw({ ...elsewhere, ...bearer }), ...DENIED)
    expect.refused(await basin.getStreamConfig(stream), 404, 'stream_not_found')
    const issuer = await issue(context, { ops: ['issue-access-token'], access_tokens: { prefix: '' } })
    const id = freshId(context)
    const body = { id, scope: { ops: ['list-basins', 'issue-access-token'] } }
    expect.refused(await askFor(context, body, issuer.bearer), ...DENIED)
    await expectNotIssued(context, id)
  }),

  requirement('CP-TOK-042', 'Denial before existence', { needs: NEEDS }, async (context) => {
    const { newBasinName, newStreamName, expect } = context
    const place = await newPlace(context)
    const ops = ['get-basin-config', 'get-stream-config', 'check-tail', 'read', 'append', 'delete-stream']
    const missing = { basin: newBasinName(), stream: newStreamName() }
    const outside = await issue(context, {
      ops,
      basins: { exact: `${missing.basin}-else` },
      streams: { exact: 'else' },
    })
    const beside = await issue(context, { ops, basins: { prefix: '' }, streams: { exact: 'else' } })
    for (const operation of OPERATIONS.filter(({ op }) => ops.includes(op))) {
      for (const about of [place, missing, { ...place, stream: missing.stream }]) {
        expect.refused(await ask(context, about, operation, outside.bearer), ...DENIED)
        if (operation.op === 'get-basin-config') continue
        expect.refused(await ask(context, about, operation, beside.bearer), ...DENIED)
      }
    }
  }),

  onStream(
    'CP-TOK-043',
    'Trim and fence are their own ops',
    { needs: NEEDS, on: APPENDERS },
    async (context) => {
      const { stream, expect } = context
      const sent = batch('before').records
      expect.ok(await stream.append({ records: sent }))
      const commands = { fence: fence('mine'), trim: trim(0n) }
      const appending = (...ops: string[]) => issue(context, { ...scopeOf(context), ops: ['append', ...ops] })
      const plain = (await appending()).bearer
      const kept = [...sent]
      for (const own of ['fence', 'trim'] as const) {
        const other = own === 'fence' ? 'trim' : 'fence'
        const { bearer } = await appending(other)
        for (const holder of [plain, bearer]) {
          for (const records of [[commands[own]], [record('beside'), commands[own]]]) {
            expect.refused(await stream.append({ records }, holder), ...DENIED)
          }
        }
        expect.ok(await stream.append({ records: [commands[own]] }, (await appending(own)).bearer))
        kept.push(commands[own])
      }
      const last = record('plain')
      expect.ok(await stream.append({ records: [last] }, plain))
      await expect.holds(stream, [...kept, last])
    },
  ),
]

const scopeOf = ({ basin }: CheckContext) => ({ basins: { exact: basin.name }, streams: { prefix: '' } })
