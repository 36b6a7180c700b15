import type { BasinClient } from '../../../client/basin-client.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { effective } from '../CP-CFG/effective.ts'
import { member } from '../members.ts'
import { recentTimeOf } from '../times.ts'

export const creation: readonly Requirement[] = [
  requirement('CP-STR-020', 'Create', async (context) => {
    const { basin, newStreamName, expect } = context
    for (const rest of [
      {},
      { config: null },
      { config: {} },
      { config: { retention_policy: { age: 60 } } },
    ]) {
      const name = newStreamName()
      const body = JSON.stringify({ stream: name, ...rest })
      const created = expect.ok(await basin.raw({ method: 'POST', path: '/streams', body }), 201)
      expect.equal(member(created, 'name'), name, 'name')
      expect.defaulted(member(created, 'deleted_at'), null, 'deleted_at')
      await recentTimeOf(context, member(created, 'created_at'))
      const config = expect.ok(await basin.getStreamConfig(name))
      expect.equal(effective(config), effective(rest.config), 'configuration')
    }
  }),

  requirement('CP-STR-027', 'A new stream is empty', async ({ basin, newStreamName, expect }) => {
    const empty = { seqNum: 0n, timestamp: 0n }
    for (const make of [
      (name: string) => basin.createStream(name),
      (name: string) => basin.ensureStream(name),
    ]) {
      const stream = basin.stream(newStreamName())
      const info = expect.ok(await make(stream.name), 201)
      expect.defaulted(info.cipher, null, 'cipher, in a basin without one')
      expect.equal(expect.ok(await stream.checkTail()), empty, 'tail')
      expect.refused(await stream.read({ seqNum: 0n }), 416, { tail: empty })
    }
  }),

  requirement('CP-STR-029', 'Age 0 on create', async ({ basin, newStreamName, expect }) => {
    const name = newStreamName()
    const config = { storage_class: 'standard', retention_policy: { age: 0 } }
    expect.refused(await basin.createStream(name, config), 422, 'invalid')
    expect.refused(await basin.createStream(name, config, { requestToken: 'zero' }), 422, 'invalid')
    expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
    expect.refused(await basin.stream(name).checkTail(), 404, 'stream_not_found')
    // Nothing of it is left: the token is free, and the config that of the request.
    expect.ok(await basin.createStream(name, {}, { requestToken: 'zero' }), 201)
    const created = expect.ok(await basin.getStreamConfig(name))
    expect.equal(effective(created), effective({}), 'configuration')
  }),

  requirement('CP-STR-031', 'No key for management', { needs: ['basins', 'encryption'] }, async (context) => {
    const { newBasin, expect, eventually } = context
    const basin: BasinClient = await newBasin({ stream_cipher: 'aegis-256' })
    expect.equal(expect.ok(await basin.createStream('a'), 201).cipher, 'aegis-256', 'cipher of the stream')
    expect.ok(await basin.ensureStream('a'))
    expect.ok(await basin.ensureStream('a', { retention_policy: { age: 60 } }))
    expect.equal(expect.ok(await basin.listStreams()).streams.length, 1, 'streams of the basin')
    expect.ok(await basin.getStreamConfig('a'))
    expect.ok(await basin.reconfigureStream('a', { retention_policy: { age: 61 } }))
    expect.equal(expect.ok(await basin.stream('a').checkTail()), { seqNum: 0n, timestamp: 0n }, 'tail')
    // The server's own work on what was changed just now may be in the way (ERR-026).
    const deleted = await eventually('the deletion meets no other transaction', 30, async () => {
      const answer = await basin.deleteStream('a')
      return answer.error?.code === 'transaction_conflict' ? undefined : answer
    })
    expect.status(deleted, 202)
  }),
]
