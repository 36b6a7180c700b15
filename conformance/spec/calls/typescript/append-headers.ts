// snippet
import { AppendInput, AppendRecord, S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const stream = s2.basin('my-basin').stream('example-1')
const input = AppendInput.create([
  AppendRecord.string({ body: 'hello', headers: [['kind', 'greeting']], timestamp: 1000 }),
])
const ack = await stream.append(input)
console.log(ack.tail.seqNum)
// end
