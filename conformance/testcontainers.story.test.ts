import { AppendInput, AppendRecord, S2 } from '@s2-dev/streamstore'
import { describe, expect, test } from 'vitest'
import { S2Container } from './testcontainers.ts'

/** Images that are on this machine, separated by blanks. Set by the script that starts a Docker engine and builds them. */
const images = (process.env.S2_TEST_IMAGES ?? '').split(' ').filter(Boolean)

describe.skipIf(images.length === 0)('S2Container', () => {
  test.each(images)('starts %s, which the SDK reaches', { timeout: 60_000 }, async (image) => {
    await using container = await new S2Container(image).start()
    const s2 = new S2(container.sdkOptions)
    await s2.basins.create({ basin: 'my-basin-1' })
    const basin = s2.basin('my-basin-1')
    await basin.streams.create({ stream: 'events' })
    const ack = await basin
      .stream('events')
      .append(AppendInput.create([AppendRecord.string({ body: 'hello' })]))
    expect(ack.tail.seqNum).toBe(1)
    expect((await fetch(`${container.endpoint}/health`)).status).toBe(200)
  })

  test.each(images)('stops %s', { timeout: 60_000 }, async (image) => {
    const container = await new S2Container(image).start()
    await container.stop()
    await expect(fetch(`${container.endpoint}/health`)).rejects.toThrow()
  })
})
