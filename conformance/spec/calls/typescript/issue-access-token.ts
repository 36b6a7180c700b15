// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const issued = await s2.accessTokens.issue({
  id: 'reader',
  scope: { basins: { exact: 'my-basin' }, streams: { prefix: 'example-' }, ops: ['read'] },
})
console.log(issued.accessToken)
// end
