/**
 * Loads the reference server and s2-lite with the common workloads and publishes what came: `npm run verify -- publish-load [--only TEXT]
 * [--duration 32s] [--redraw]`. Writes JSON, Markdown and a page for each into `reports/published/load/`, and `reports/published/load.md`, the
 * table of them all. `s2` has to be in the PATH. Ten minutes, on a machine without other work; SUSPECT results are
 * published too, with the reason in them. `--redraw` makes no load, and draws what is there anew. Exits with 1 where a run made no result or a record was lost.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as html from '../../reports/load/html.ts'
import * as markdown from '../../reports/load/markdown.ts'
import { overview } from './overview.ts'
import { PUBLISHED, readPublished } from './read.ts'
import { TARGETS, WORKLOADS } from './targets.ts'

process.chdir(resolve(import.meta.dirname, '../..'))
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    duration: { type: 'string', default: '32s' },
    redraw: { type: 'boolean', default: false },
  },
})
const folder = join(PUBLISHED, 'load')
mkdirSync(folder, { recursive: true })
let isWhole = true
for (const { key, launch } of TARGETS)
  for (const workload of WORKLOADS) {
    const file = `${key}-${workload}`
    if (values.redraw || !file.includes(values.only)) continue
    const { status } = spawnSync(
      process.execPath,
      [
        ...['bin/s2-load.js', 'run', workload, '--launch', launch, '--duration', values.duration],
        ...['--json', join(folder, `${file}.json`), '--allow-suspect'],
      ],
      { stdio: 'inherit' },
    )
    process.stdout.write('\n')
    if (status !== 0) {
      isWhole = false
      process.stderr.write(`${file}: s2-load ended with ${status}\n`)
    }
  }
const published = readPublished()
for (const { file, result } of published) {
  writeFileSync(join(folder, `${file}.md`), markdown.render(result))
  writeFileSync(join(folder, `${file}.html`), html.render(result))
}
writeFileSync(join(PUBLISHED, 'load.md'), overview(published))
process.exitCode = isWhole ? 0 : 1
