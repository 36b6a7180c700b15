import { type Requirement, requirement } from '../../check/requirement.ts'
import { keysOf, member } from '../members.ts'
import { timeOf } from '../times.ts'

export const info: readonly Requirement[] = [
  requirement('CP-STR-015', 'StreamInfo', async ({ basin, newStreamName, expect, eventually }) => {
    const name = newStreamName()
    const body = JSON.stringify({ stream: name })
    const created = expect.ok(await basin.raw({ method: 'POST', path: '/streams', body }), 201)
    const ensured = expect.ok(await basin.raw({ method: 'PUT', path: `/streams/${name}` }))
    const listed = await eventually('the stream is listed', 30, async () => {
      const page = await basin.raw({ method: 'GET', path: `/streams?prefix=${name}&limit=1` })
      return member(member(expect.ok(page), 'streams'), '0')
    })
    for (const info of [created, ensured, listed]) {
      for (const key of ['cipher', 'created_at', 'deleted_at', 'name']) {
        expect.that(keysOf(info).includes(key), `the key ${key}`, keysOf(info))
      }
      expect.equal(member(info, 'name'), name, 'name')
      expect.equal(
        [member(info, 'deleted_at'), member(info, 'cipher')],
        [null, null],
        'deleted_at and cipher',
      )
      const time = timeOf(expect, member(info, 'created_at'))
      expect.equal(time, timeOf(expect, member(created, 'created_at')), 'created_at')
    }
  }),
]
