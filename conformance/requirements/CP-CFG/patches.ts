import type { StreamConfigBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'
import { effective } from './effective.ts'

/**
 * Applies PATCHes one after the other to a stream and to the default of a basin, which merge alike, and compares both
 * with what stands beside each after it.
 */
export async function expectPatches(
  { account, newBasin, newStreamName, expect }: CheckContext,
  start: StreamConfigBody,
  patches: readonly (readonly [patch: object, after: StreamConfigBody])[],
): Promise<void> {
  const basin = await newBasin()
  const name = newStreamName()
  expect.ok(await basin.createStream(name, start), 201)
  for (const [patch, after] of patches) {
    const patched = expect.ok(await basin.reconfigureStream(name, patch))
    const what = `after ${JSON.stringify(patch, (_, value) => (typeof value === 'bigint' ? Number(value) : value))}`
    expect.equal(effective(patched), effective(after), `configuration of the stream ${what}`)
    expect.equal(expect.ok(await basin.getStreamConfig(name)), patched, 'configuration by the next GET')
  }
  // Only now, so that the stream inherited nothing.
  const ofBasin = (patch: object | null): object => ({ default_stream_config: patch })
  expect.ok(await account.reconfigureBasin(basin.name, ofBasin(start)))
  for (const [patch, after] of patches) {
    const patched = expect.ok(await account.reconfigureBasin(basin.name, ofBasin(patch)))
    expect.equal(effective(patched.default_stream_config), effective(after), 'default of the basin')
    expect.equal(
      expect.ok(await account.getBasinConfig(basin.name)),
      patched,
      'configuration by the next GET',
    )
  }
}
