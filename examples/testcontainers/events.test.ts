import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { AppendInput, AppendRecord, S2 } from '@s2-dev/streamstore'
import { S2Container } from 's2-conformance/testcontainers'

// Without an image: s2-lite's own.
const container = await new S2Container(process.env.S2_IMAGE).start()
after(() => container.stop())

test('an event is read back', async () => {
  const s2 = new S2(container.sdkOptions)
  await s2.basins.create({ basin: 'my-basin-1' })
  const basin = s2.basin('my-basin-1')
  await basin.streams.create({ stream: 'events' })
  const events = basin.stream('events')
  await events.append(AppendInput.create([AppendRecord.string({ body: 'signed up' })]))
  const { records } = await events.read({ start: { from: { seqNum: 0 } } })
  assert.equal(records[0]?.body, 'signed up')
})
