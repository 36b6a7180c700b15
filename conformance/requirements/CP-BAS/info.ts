import type { BasinClient } from '../../../client/basin-client.ts'
import type { BasinInfoBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { basinInfo, whileBasinIsDeleted } from '../during-deletion.ts'
import { member } from '../members.ts'
import { recentTimeOf, timeOf } from '../times.ts'
import { configOf } from './served.ts'

/** The entry of the listing, once it is there. */
const listed = (context: CheckContext, name: string): Promise<BasinInfoBody> =>
  context.eventually(`${name} is listed`, 30, () => basinInfo(context, name))

export const info: readonly Requirement[] = [
  requirement('CP-BAS-020', 'BasinInfo', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newBasinName, expect } = context
    const name = newBasinName()
    const infos = [
      expect.ok(await account.createBasin(name), 201),
      expect.ok(await account.ensureBasin(name)),
      await listed(context, name),
    ]
    for (const info of infos) {
      expect.equal(info.name, name, 'name')
      await recentTimeOf(context, info.created_at)
      expect.defaulted(info.deleted_at, null, 'deleted_at')
      expect.equal(info.location, infos[0]?.location, 'location, the same in each answer')
    }
    const look = (basin: BasinClient) => basinInfo(context, basin.name)
    await whileBasinIsDeleted(context, newBasin, look, async (deleted) => {
      const { deleted_at: at } = expect.present(deleted, 'the entry of a basin being deleted')
      await recentTimeOf(context, at)
    })
  }),

  requirement('CP-BAS-021', 'Deprecated `state`', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, newBasinName, expect, record } = context
    const created = expect.ok(await account.createBasin(newBasinName()), 201)
    record(created.state === undefined ? 'there is no state' : 'there is a state')
    expect.defaulted(created.state, 'active', 'state of an active basin')
    const look = (basin: BasinClient) => basinInfo(context, basin.name)
    await whileBasinIsDeleted(context, newBasin, look, (deleting) => {
      const { state } = expect.present(deleting, 'the entry of a basin being deleted')
      expect.defaulted(state, 'deleting', 'state of a basin being deleted')
    })
  }),

  requirement('CP-BAS-022', 'Nulls in BasinInfo', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const name = newBasinName()
    const body = JSON.stringify({ basin: name, location: 'aws:us-east-1' })
    const created = await account.raw({ method: 'POST', path: '/basins', body })
    const ensured = await account.raw({ method: 'PUT', path: `/basins/${name}` })
    const listing = await account.raw({ method: 'GET', path: `/basins?prefix=${name}&limit=1` })
    for (const info of [
      expect.ok(created, 201),
      expect.ok(ensured),
      member(member(expect.ok(listing), 'basins'), '0'),
    ]) {
      expect.equal(member(info, 'name'), name, 'name')
      expect.equal(member(info, 'location'), null, 'location')
      expect.equal(member(info, 'deleted_at'), null, 'deleted_at')
    }
  }),

  requirement('CP-BAS-023', '`created_at` is set once', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect, record } = context
    const name = newBasinName()
    const requestToken = 'created-once'
    const { created_at: createdAt } = expect.ok(await account.createBasin(name, {}, { requestToken }), 201)
    const expectSame = (info: BasinInfoBody): void =>
      expect.equal(timeOf(expect, info.created_at), timeOf(expect, createdAt), 'created_at, in milliseconds')

    await configOf(context, name)
    expectSame(expect.ok(await account.ensureBasin(name, { config: { create_stream_on_read: true } })))
    expectSame(expect.ok(await account.ensureBasin(name, { config: { create_stream_on_read: true } })))
    expect.ok(await account.reconfigureBasin(name, { create_stream_on_append: true }))
    expectSame(await listed(context, name))
    const again = await account.createBasin(name, {}, { requestToken })
    expect.status(again, 200, 201)
    expectSame(expect.present(again.value, 'the basin'))
    for (let index = 0; index < 16; index += 1) {
      expect.ok(await account.basin(name).createStream(`s${index}`), 201)
    }
    expect.status(await account.deleteBasin(name), 202)
    const deleted = await basinInfo(context, name)
    record(
      deleted === undefined ? 'the deleted basin was gone at once' : 'the deleted basin was still listed',
    )
    if (deleted !== undefined) expectSame(deleted)
  }),
]
