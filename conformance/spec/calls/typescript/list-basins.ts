// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const { basins, hasMore } = await s2.basins.list({ prefix: 'example-', limit: 10 })
console.log(basins, hasMore)
// end
