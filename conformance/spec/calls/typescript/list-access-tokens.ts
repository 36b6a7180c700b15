// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const { accessTokens } = await s2.accessTokens.list({ prefix: 'read', limit: 10 })
console.log(accessTokens.map(({ id }) => id))
// end
