// snippet
import { AppendInput, AppendRecord, S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const encryptionKey = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
const stream = s2.basin('example-1').stream('example-2', { encryptionKey })
const input = AppendInput.create([AppendRecord.string({ body: 'hello' })])
const ack = await stream.append(input)
console.log(ack.tail.seqNum)
// end
