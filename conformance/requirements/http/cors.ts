import { row } from '../../catalogue/catalogue.ts'
import type { Requirement } from '../../requirement.ts'

export const permissiveCors: Requirement = {
  ...row('CP-RT-050'),
  needs: [],
  async check({ newStream, expect }) {
    const stream = await newStream()
    const origin = 'http://localhost:5173'
    const preflight = await stream.raw({
      method: 'OPTIONS',
      path: stream.recordsPath,
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 's2-basin, content-type',
      },
      without: ['authorization', 's2-basin'],
    })
    expect.status(preflight, 200)
    expect.header(preflight, 'access-control-allow-origin', origin)
    expect.header(preflight, 'access-control-allow-methods', /POST/)
    expect.header(preflight, 'access-control-allow-headers', /s2-basin, ?content-type/)
    expect.header(preflight, 'access-control-allow-credentials', 'true')
    const tail = await stream.raw({
      method: 'GET',
      path: `${stream.recordsPath}/tail`,
      headers: { origin },
    })
    expect.ok(tail)
    expect.header(tail, 'access-control-allow-origin', origin)
    expect.header(tail, 'access-control-allow-credentials', 'true')
  },
}
