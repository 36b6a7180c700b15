import { stalledQuantile } from '../../load/truth/delays.ts'
import { autocannons } from './stalls-autocannon.ts'
import { h2load } from './stalls-h2load.ts'
import { type Asked, NotInstalled, type Said, type Tool } from './stalls-tool.ts'
import { wrk } from './stalls-wrk.ts'
import { startTruth } from './truth-child.ts'
import { QUANTILES } from './truth-compare.ts'

const TOOLS: readonly Tool[] = [wrk, h2load, ...autocannons]

/** One row: a tool and what it said, or why it said nothing. */
export interface Row {
  readonly name: string
  readonly about: string
  readonly said: Said | string
}

/** What each other tool says of a server that answers nothing for a while, in the middle of its run. */
export async function measureTools(asked: Asked, stallUs: number): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const tool of TOOLS) {
    const { name, about } = tool
    rows.push({ name, about, said: await measureTool(tool, asked, stallUs) })
  }
  return rows
}

async function measureTool(tool: Tool, asked: Asked, stallUs: number): Promise<Said | string> {
  const server = await startTruth({
    delays: { kind: 'constant', us: asked.delayUs },
    stall: { fromUs: (asked.seconds * 1e6) / 2, lengthUs: stallUs },
  })
  try {
    return await tool.measure(server, asked)
  } catch (error) {
    if (error instanceof NotInstalled) return `SKIPPED: ${error.message}`
    throw error
  } finally {
    server.end()
  }
}

/** Milliseconds, and in brackets what is too much or too little. */
export function toolLines(
  rows: readonly Row[],
  { seconds, delayUs }: Asked,
  stallUs: number,
): readonly string[] {
  const truth = (quantile: number): number => stalledQuantile(quantile, seconds, delayUs, stallUs)
  const cell = (us: number, quantile: number): string => {
    const off = (us - truth(quantile)) / 1000
    return `${(us / 1000).toFixed(1)} (${off < 0 ? '' : '+'}${off.toFixed(1)})`.padStart(18)
  }
  return [
    `${''.padEnd(26)}${QUANTILES.map((quantile) => `p${Number((quantile * 100).toFixed(1))}`.padStart(18)).join('')}`,
    `  ${'truth of the plan'.padEnd(24)}${QUANTILES.map((quantile) => (truth(quantile) / 1000).toFixed(1).padStart(18)).join('')}`,
    ...rows.map(({ name, about, said }) => {
      const head = `  ${name.padEnd(14)}`
      if (typeof said === 'string') return `${head}${said}`
      const counted = said.count.toString().padStart(8)
      return `${head}${counted}  ${QUANTILES.map((quantile) => cell(said.at(quantile), quantile)).join('')}   ${about}`
    }),
  ]
}
