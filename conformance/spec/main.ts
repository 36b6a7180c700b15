import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command, Given, Io } from '../../kit/cli/command.ts'
import { runTool } from '../../kit/cli/tool.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { capture } from './capture/capture.ts'
import { readExamples, writeExamples } from './capture/example-files.ts'
import { SOURCES } from './capture/sources.ts'
import { PATTERNS } from './patterns/patterns.ts'
import { capturePattern } from './patterns/run/capture-pattern.ts'
import { writeCaptured } from './patterns/run/captured-files.ts'
import { buildSite } from './site/build-site.ts'
import { buildVectors } from './vectors/build-vectors.ts'

const command: Command = {
  name: 'spec',
  summary: 'builds the specification by example: a static site, in one folder, that needs no server',
  options: [
    { name: 'out', value: 'DIR', help: 'the folder of the site; it is created if it is missing' },
    {
      name: 'capture',
      help: 'run the suite and the patterns against the reference server first, and replace the committed captures',
    },
  ],
  examples: ['spec -- --out site', 'spec -- --capture --out site'],
  run,
}

async function run(given: Given, io: Io): Promise<number> {
  const out = given.text('out')
  if (out === undefined) throw new UsageError('--out DIR is missing: the folder to write the site to')
  if (given.flag('capture')) await captureExamples(io)
  const examples = await readExamples()
  const vectors = await buildVectors(examples)
  const pages = [
    ...(await buildSite(examples)),
    ...vectors.map(({ path, text }) => ({ path: join('vectors', path), text })),
  ]
  for (const { path, text } of pages) {
    const file = join(out, path)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, text)
  }
  io.out(`${pages.length} files in ${out}: open ${join(out, 'index.html')}\n`)
  return 0
}

async function captureExamples(io: Io): Promise<void> {
  const byKey = new Map<string, Awaited<ReturnType<typeof capture>>[number]>()
  for (const source of SOURCES) {
    const examples = await capture(source, { interrupted: io.interrupted, onProgress: () => {} })
    io.err(`${source.name}: ${examples.length} examples\n`)
    for (const example of examples) {
      const key = `${example.id}/${example.transport}`
      if (!byKey.has(key)) byKey.set(key, example)
    }
  }
  await writeExamples([...byKey.values()])
  for (const pattern of PATTERNS) await writeCaptured(pattern.slug, await capturePattern(pattern))
  io.err(`${PATTERNS.length} patterns\n`)
}

process.exitCode = await runTool(command, process.argv.slice(2))
