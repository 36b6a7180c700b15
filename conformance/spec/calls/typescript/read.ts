// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const stream = s2.basin('my-basin').stream('example-1')
const batch = await stream.read({
  start: { from: { seqNum: 0 } },
  stop: { limits: { count: 10 } },
})
console.log(batch.records.map(({ body }) => body))
// end
