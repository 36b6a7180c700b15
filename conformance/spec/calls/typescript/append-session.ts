// snippet
import { AppendInput, AppendRecord, S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const stream = s2.basin('my-basin').stream('example-1')
await using session = await stream.appendSession()
const tickets = [
  await session.submit(AppendInput.create([AppendRecord.string({ body: 'hello' })])),
  await session.submit(AppendInput.create([AppendRecord.string({ body: 'world' })])),
]
for (const ticket of tickets) console.log((await ticket.ack()).tail.seqNum)
// end
