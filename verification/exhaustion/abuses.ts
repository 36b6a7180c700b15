import type { Abuse } from './abuse.ts'
import { appends } from './appends.ts'
import { bombs } from './bombs.ts'
import { heads } from './heads.ts'
import { http2 } from './http2.ts'
import { json } from './json.ts'
import { readers } from './readers.ts'

const each: readonly Abuse[] = [...readers, ...appends, ...bombs, ...json, ...heads, ...http2]

/** Of each bound one that comes close to it. */
const TOGETHER: ReadonlySet<string> = new Set([
  'a reader that stops reading, SSE, HTTP/2',
  'a reader of 200,000 headers in a record that stops reading, S2S',
  'sessions that never read their acks, HTTP/2',
  'bodies that are never finished',
  'HTTP/2, bodies on a thousand streams that are never finished',
  'a compressed bomb, zstd in a frame',
  'idle followers',
])

const together = each.filter(({ name }) => TOGETHER.has(name))

/** The bounds are of one server: what one abuse leaves of them is there for the others. */
const allAtOnce: Abuse = {
  name: 'seven of these at once',
  limit: 'those of each',
  growth: { small: 1200, byDefault: 2700 },
  outcomes: [...new Set([...together.flatMap(({ outcomes }) => outcomes), 'closed'])],
  async prepare(target) {
    for (const { prepare } of together) await prepare?.(target)
  },
  async run(target) {
    const came = await Promise.all(together.map((abuse) => abuse.run(target)))
    return came.flat()
  },
}

export const abuses: readonly Abuse[] = [...each, allAtOnce]
