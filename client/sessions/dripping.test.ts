import { expect, onTestFinished, test } from 'vitest'
import { testContext, testTarget } from '../../conformance/testing/check-parts.ts'
import { type Clock, realClock } from '../../kit/clock.ts'
import { type Hostility, startHostile } from '../testing/hostile-server.ts'

/** A hundred times as fast as time. */
const hurried: Clock = {
  ...realClock,
  now: () => realClock.now() * 100,
  after: (ms, fire) => realClock.after(ms / 100, fire),
}

const beating: Hostility = (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const timer = setInterval(() => void response.write('event: ping\ndata: {"timestamp":1}\n\n'), 10)
  response.once('close', () => clearInterval(timer))
}

test('a whole read ends in time, whatever keeps its session alive', async () => {
  const server = await startHostile(beating, 0)
  const target = testTarget(server.origin, { clock: hurried })
  onTestFinished(async () => {
    await target.close()
    await server.close()
  })
  const stream = testContext(target).context.account.basin('some-basin').stream('s').over('sse')
  await expect(stream.read({ seqNum: 0n, count: 1n })).rejects.toThrow(/did not come within/)
})
