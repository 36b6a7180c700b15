// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
await s2.accessTokens.revoke({ id: 'reader' })
// end
