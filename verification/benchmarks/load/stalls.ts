import { autocannons } from './stalls-autocannon.ts'
import { h2load } from './stalls-h2load.ts'
import { type Asked, NoFigures, type Said, type Tool } from './stalls-tool.ts'
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
export async function* measureTools(asked: Asked, stallUs: number): AsyncGenerator<Row, void, undefined> {
  for (const tool of TOOLS) {
    const { name, about } = tool
    yield { name, about, said: await measureTool(tool, asked, stallUs) }
  }
}

async function measureTool(tool: Tool, asked: Asked, stallUs: number): Promise<Said | string> {
  const server = await startTruth({
    delays: { kind: 'constant', us: asked.delayUs },
    stall: { fromUs: (asked.seconds * 1e6) / 2, lengthUs: stallUs },
  })
  try {
    return await tool.measure(server, asked)
  } catch (error) {
    if (error instanceof NoFigures) return `SKIPPED: ${error.message}`
    throw error
  } finally {
    server.end()
  }
}

const name = (quantile: number): string => `p${Number((quantile * 100).toFixed(1))}`

/** What is true of the plan, by calculation: the head of the table. */
export const headLines = (truth: (quantile: number) => number): readonly string[] => [
  `${''.padEnd(26)}${QUANTILES.map((quantile) => name(quantile).padStart(18)).join('')}`,
  `  ${'truth of the plan'.padEnd(24)}${QUANTILES.map((quantile) => (truth(quantile) / 1000).toFixed(1).padStart(18)).join('')}`,
]

/** Milliseconds, and in brackets what is too much or too little. */
export function rowLine({ name, about, said }: Row, truth: (quantile: number) => number): string {
  const head = `  ${name.padEnd(14)}`
  if (typeof said === 'string') return `${head}${said}`
  const cells = QUANTILES.map((quantile) => {
    const off = (said.at(quantile) - truth(quantile)) / 1000
    return `${(said.at(quantile) / 1000).toFixed(1)} (${off < 0 ? '' : '+'}${off.toFixed(1)})`.padStart(18)
  })
  return `${head}${said.count.toString().padStart(8)}  ${cells.join('')}   ${about}`
}
