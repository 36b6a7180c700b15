// snippet
import { S2, S2Environment } from '@s2-dev/streamstore'

const { accessToken = '', ...options } = S2Environment.parse()
const s2 = new S2({ accessToken, ...options })
const location = await s2.locations.getDefault()
console.log(location.name)
// end
