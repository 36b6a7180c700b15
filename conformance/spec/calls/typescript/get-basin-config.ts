// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const config = await s2.basins.getConfig({ basin: 'example-1' })
console.log(config.defaultStreamConfig)
// end
