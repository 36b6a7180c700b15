// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const encryptionKey = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
const stream = s2.basin('example-1').stream('example-2', { encryptionKey })
const batch = await stream.read({
  start: { from: { seqNum: 0 } },
  stop: { limits: { count: 10 } },
})
console.log(batch.records.map(({ body }) => body))
// end
