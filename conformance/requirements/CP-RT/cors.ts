import { getTail } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { expectMethods } from './allowed-methods.ts'

export const cors: readonly Requirement[] = [
  onStream('CP-RT-050', 'CORS by default', async ({ stream, expect }) => {
    for (const origin of ['http://localhost:5173', 'https://app.example']) {
      for (const path of [stream.recordsPath, '/basins', '/nonsense']) {
        const headers = { origin, ...PREFLIGHT }
        const without = ['authorization', 's2-basin']
        const preflight = await stream.raw({ method: 'OPTIONS', path, headers, without })
        expect.status(preflight, 200)
        expect.header(preflight, 'access-control-allow-origin', origin)
        expectMethods(expect, preflight, 'access-control-allow-methods', ['POST'])
        expect.header(preflight, 'access-control-allow-headers', /^s2-basin, ?content-type$/)
        expect.header(preflight, 'access-control-allow-credentials', 'true')
      }
      const tail = await getTail(stream, { origin })
      expect.equal<unknown>(expect.ok(tail), { tail: { seq_num: 0n, timestamp: 0n } }, 'the tail')
      expect.header(tail, 'access-control-allow-origin', origin)
      expect.header(tail, 'access-control-allow-credentials', 'true')
    }
  }),
]

const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 's2-basin, content-type',
}
