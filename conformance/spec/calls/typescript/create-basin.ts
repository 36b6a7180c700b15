// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const created = await s2.basins.create({ basin: 'example-1', config: { createStreamOnAppend: true } })
console.log(created.createdAt)
// end
