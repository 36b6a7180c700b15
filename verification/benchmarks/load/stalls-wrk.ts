import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { output, type Said, type Tool } from './stalls-tool.ts'

/** It knows no rate: as many connections as answers of this length make of it. */
export const wrk: Tool = {
  name: 'wrk',
  about: 'HTTP/1.1, closed loop: as many connections as make the rate',
  async measure({ http1Port }, { perSecond, seconds, delayUs }) {
    const connections = Math.max(1, Math.round((perSecond * delayUs) / 1e6))
    const folder = await mkdtemp(join(tmpdir(), 's2-wrk-'))
    try {
      const script = join(folder, 'done.lua')
      await writeFile(script, SCRIPT)
      const args = [
        '-t1',
        `-c${connections}`,
        `-d${seconds}s`,
        '-s',
        script,
        `http://127.0.0.1:${http1Port}/`,
      ]
      return parseWrk(await output('wrk', args, seconds))
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

/** All its thousandths, so that no quantile is rounded. */
const SCRIPT = `done = function(summary, latency, requests)
  io.write(string.format("\\ncount %d\\n", summary.requests))
  for p = 1, 1000 do io.write(string.format("at %d %d\\n", p, latency:percentile(p / 10))) end
end
`

export function parseWrk(printed: string): Said {
  const count = /^count (\d+)$/m.exec(printed)?.[1]
  const values = new Map(
    [...printed.matchAll(/^at (\d+) (\d+)$/gm)].map(([, per, us]) => [Number(per), Number(us)]),
  )
  if (count === undefined || values.size !== 1000) throw new Error(`no quantiles in ${printed}`)
  return { count: Number(count), at: (quantile) => values.get(Math.round(quantile * 1000)) ?? 0 }
}
