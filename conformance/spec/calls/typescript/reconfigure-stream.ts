// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const { streams } = s2.basin('my-basin')
const config = await streams.reconfigure({
  stream: 'example-1',
  retentionPolicy: { ageSecs: 86_400 },
})
console.log(config.retentionPolicy)
// end
