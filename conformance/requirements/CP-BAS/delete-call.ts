import type { BasinClient } from '../../../client/basin-client.ts'
import { batch } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { effectiveBasin } from '../CP-CFG/effective.ts'
import {
  basinInfo,
  DELETION_SECONDS,
  GOING,
  untilBasinIsGone,
  untilStreamIsGone,
  whileBasinIsDeleted,
} from '../during-deletion.ts'
import { recentTimeOf, timeOf } from '../times.ts'
import { configOf } from './served.ts'

export const deleteCall: readonly Requirement[] = [
  requirement('CP-BAS-080', 'Delete', { needs: ['basins'], patience: DELETION_SECONDS }, async (context) => {
    const { account, newBasin, newStream, basin: other, expect } = context
    const bystander = await newStream()
    const basin = await newBasin()
    for (const name of ['empty', 'filled']) expect.ok(await basin.createStream(name), 201)
    expect.ok(await basin.stream('filled').append(batch('a', 'b')))
    const answer = await account.deleteBasin(basin.name)
    expect.status(answer, 202)
    expect.equal(answer.body.length, 0, 'bytes in the body')
    for (const name of ['empty', 'filled']) await untilStreamIsGone(context, basin, name)
    expect.ok(await other.getStreamConfig(bystander.name))
  }),

  requirement('CP-BAS-081', 'Delete an unknown basin', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newBasinName, expect } = context
    expect.refused(await account.deleteBasin(newBasinName()), 404, 'basin_not_found')
    const { name } = await newBasin()
    for (const near of [`${name}-a`, `${name}--a`]) {
      expect.refused(await account.deleteBasin(near), 404, 'basin_not_found')
    }
    expect.ok(await account.getBasinConfig(name))
  }),

  requirement(
    'CP-BAS-018',
    'Deleting basins are listed',
    { needs: ['basins'], seconds: 75, patience: DELETION_SECONDS },
    async (context) => {
      const { account, newBasin, expect } = context
      const look = async ({ name }: BasinClient) => {
        const all = expect.ok(await account.listBasins({ prefix: name }))
        return { name, infos: all.basins.filter((each) => each.name === name) }
      }
      await whileBasinIsDeleted(context, newBasin, look, async ({ name, infos }) => {
        expect.equal(infos.length, 1, 'entries of the basin being deleted, in the listing')
        await recentTimeOf(context, infos[0]?.deleted_at)
        await untilBasinIsGone(context, name)
        expect.equal(await basinInfo(context, name), undefined, 'the entry of the basin that is gone')
      })
    },
  ),

  requirement('CP-BAS-019', 'Lists are current', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect, record } = context
    for (const ensures of [false, true]) {
      const name = newBasinName()
      const created = ensures ? await account.ensureBasin(name) : await account.createBasin(name)
      expect.ok(created, 201)
      const info = await basinInfo(context, name)
      expect.equal(info, created.value, 'the entry of the listing, as the answer described it')
      expect.status(await account.deleteBasin(name), 202)
      const deleted = await basinInfo(context, name)
      record(deleted === undefined ? 'an empty basin was gone at once' : 'an empty basin was still listed')
      if (deleted !== undefined) await recentTimeOf(context, deleted.deleted_at)
    }
  }),

  requirement(
    'CP-BAS-082',
    'Delete repeated',
    { needs: ['basins'], patience: DELETION_SECONDS },
    async (context) => {
      const { account, newBasin, expect } = context
      const repeat = ({ name }: BasinClient) => Promise.all([1, 2, 3].map(() => account.deleteBasin(name)))
      await whileBasinIsDeleted(context, newBasin, repeat, (repeats) => {
        for (const answer of repeats) {
          expect.status(answer, 202)
          expect.equal(answer.body.length, 0, 'bytes in the body')
        }
      })
      const { name } = await newBasin()
      expect.status(await account.deleteBasin(name), 202)
      await untilBasinIsGone(context, name)
      for (const time of [1, 2]) {
        expect.refused(await account.deleteBasin(name), 404, 'basin_not_found')
        expect.equal(await basinInfo(context, name), undefined, `the entry after repeat ${time}`)
      }
    },
  ),

  requirement('CP-BAS-083', '`deleted_at`', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const look = async ({ name }: BasinClient) => {
      const infos = [await basinInfo(context, name)]
      for (let repeat = 0; repeat < 2; repeat++) {
        expect.status(await account.deleteBasin(name), 202, 404)
        infos.push(await basinInfo(context, name))
      }
      return infos
    }
    await whileBasinIsDeleted(context, newBasin, look, ([first, second, third]) => {
      const { created_at: createdAt, deleted_at: at } = expect.present(first, 'the basin being deleted')
      expect.that(
        timeOf(expect, at) >= timeOf(expect, createdAt),
        'deleted_at is not before created_at',
        first,
      )
      expect.equal([second, third], [first, first], 'the entry after each repeat')
    })
  }),

  requirement(
    'CP-BAS-085',
    'Name is free again',
    { needs: ['basins'], seconds: 75, patience: DELETION_SECONDS },
    async (context) => {
      const { account, newBasinName, expect } = context
      const name = newBasinName()
      const config = { create_stream_on_read: true, default_stream_config: { retention_policy: { age: 60 } } }
      const withToken = { requestToken: 'first life' }
      const { created_at: createdAt } = expect.ok(await account.createBasin(name, config, withToken), 201)
      const basin = account.basin(name)
      await configOf(context, name)
      for (const stream of ['a', 'b']) expect.ok(await basin.createStream(stream), 201)
      expect.ok(await basin.stream('a').append(batch('old')))
      expect.status(await account.deleteBasin(name), 202)
      await untilBasinIsGone(context, name)

      const again = expect.ok(await account.createBasin(name), 201)
      expect.defaulted(again.deleted_at, null, 'deleted_at')
      expect.that(
        (await recentTimeOf(context, again.created_at)) > timeOf(expect, createdAt),
        'created_at is later',
        again.created_at,
      )
      expect.equal(effectiveBasin(await configOf(context, name)), effectiveBasin({}), 'configuration')
      expect.equal(expect.ok(await basin.listStreams()).streams, [], 'streams of the new basin')
      expect.refused(await account.createBasin(name, config, withToken), 409, 'resource_already_exists')
      expect.refused(await basin.stream('a').checkTail(), 404, 'stream_not_found')
      expect.ok(await basin.createStream('a'), 201)
      const tail = expect.ok(await basin.stream('a').checkTail())
      expect.equal(tail, { seqNum: 0n, timestamp: 0n }, 'tail of a stream of the old name')
    },
  ),

  requirement('CP-BAS-086', 'Timing of deletion', { needs: ['basins'], seconds: 75 }, async (context) => {
    const { account, newBasin, expect, eventually, now, record } = context
    const empty = await newBasin()
    const filled = await newBasin()
    for (const stream of ['a', 'b']) expect.ok(await filled.createStream(stream), 201)
    const begun = now()
    const elapsed = (): string => `${((now() - begun) / 1000).toFixed(1)} s`
    for (const { name } of [filled, empty]) expect.status(await account.deleteBasin(name), 202)
    await eventually('the empty basin is gone', 20, async () =>
      (await basinInfo(context, empty.name)) === undefined ? true : undefined,
    )
    record(`the empty basin was gone after ${elapsed()}`)
    for (const stream of ['a', 'b']) {
      expect.refusedAs(await filled.getStreamConfig(stream), [...GOING, [404, 'basin_not_found']])
    }
    await untilBasinIsGone(context, filled.name)
    record(`the basin with streams was gone after ${elapsed()}`)
  }),

  requirement('CP-BAS-087', 'Body of DELETE', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const basin = await newBasin()
    const headers = { 'content-type': 'text/plain' }
    for (const [index, body] of ['{', '{"force":true}', 'x'.repeat(10_000)].entries()) {
      const path = `/streams/s${index}`
      expect.ok(await basin.createStream(`s${index}`), 201)
      expect.status(await basin.raw({ method: 'DELETE', path, body }), 202)
      expect.ok(await basin.createStream(`t${index}`), 201)
      expect.status(await basin.raw({ method: 'DELETE', path: `/streams/t${index}`, headers, body }), 202)
    }
    const path = `/basins/${basin.name}`
    expect.status(await account.raw({ method: 'DELETE', path, headers, body: '{"force":' }), 202)
    expect.refusedAs(await basin.createStream('late'), [
      [409, 'basin_deletion_pending'],
      [404, 'basin_not_found'],
    ])
  }),
]
