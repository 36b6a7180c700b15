import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { output, type Said, type Tool } from './stalls-tool.ts'

/** So many requests a second are asked of each connection. */
const PER_CONNECTION = 100

/** Corrected by itself, and as it was measured. */
export const autocannons: readonly Tool[] = [
  tool('autocannon', 'HTTP/1.1, -R, corrected for what it omits', []),
  tool('autocannon -C', 'the same, not corrected', ['-C']),
]

function tool(name: string, about: string, options: readonly string[]): Tool {
  return {
    name,
    about,
    async measure({ http1Port }, { perSecond, seconds }) {
      const connections = Math.max(1, perSecond / PER_CONNECTION)
      const load = ['-c', String(connections), '-R', String(perSecond), '-d', String(seconds), ...options]
      const url = `http://127.0.0.1:${http1Port}/`
      return parseAutocannon(await output(process.execPath, [command(), '-j', '-n', ...load, url], seconds))
    },
  }
}

const command = (): string => join(dirname(fileURLToPath(import.meta.resolve('autocannon'))), 'autocannon.js')

const QUANTILES: Readonly<Record<number, string>> = { 0.5: 'p50', 0.9: 'p90', 0.99: 'p99', 0.999: 'p99_9' }

/** Its JSON, whose latencies are whole milliseconds. */
export function parseAutocannon(json: string): Said {
  const value: unknown = JSON.parse(json)
  const number = (...path: readonly string[]): number => {
    const found = path.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? new Map(Object.entries(at)).get(key) : undefined),
      value,
    )
    if (typeof found !== 'number') throw new Error(`no ${path.join('.')} in what autocannon said`)
    return found
  }
  return {
    count: number('latency', 'totalCount'),
    at: (quantile) => number('latency', QUANTILES[quantile] ?? `of ${quantile}`) * 1000,
  }
}
