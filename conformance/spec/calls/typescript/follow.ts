// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const stream = s2.basin('my-basin').stream('example-1')
const session = await stream.readSession({ start: { from: { seqNum: 0 } } })
for await (const record of session) {
  console.log(record.seqNum, record.body)
  if (record.body === 'last') break
}
// end
