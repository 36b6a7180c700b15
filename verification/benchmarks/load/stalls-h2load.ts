import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { output, type Said, type Tool } from './stalls-tool.ts'
import { quantilesOf } from './truth-pairs.ts'

/** On one connection with as many streams as come in two seconds, so that it need not wait for one. */
export const h2load: Tool = {
  name: 'h2load',
  about: 'HTTP/2, --rps on one connection, from its log of each request',
  async measure({ http2Port }, { perSecond, seconds }) {
    const folder = await mkdtemp(join(tmpdir(), 's2-h2load-'))
    try {
      const log = join(folder, 'log')
      const load = ['-t1', '-c1', `-m${perSecond * 2}`, `--rps=${perSecond}`, `-D${seconds}`]
      await output('h2load', [...load, `--log-file=${log}`, `http://127.0.0.1:${http2Port}/`], seconds)
      return parseH2load(await readFile(log, 'utf8'))
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

/** Its columns: when it was sent, the status, and how many microseconds it took. */
export function parseH2load(log: string): Said {
  const taken = [...log.matchAll(/^\d+\t(-?\d+)\t(\d+)$/gm)].flatMap(([, status, us]) =>
    status === '200' ? [Number(us)] : [],
  )
  if (taken.length === 0) throw new Error('h2load has logged no answer')
  return { count: taken.length, at: quantilesOf(taken) }
}
