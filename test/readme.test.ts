import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandHelp } from '../conformance/cli/help.ts'
import { COMMANDS } from '../conformance/main.ts'
import { COMMANDS as LOAD_COMMANDS } from '../load/main.ts'
import { createServer } from '../reference-server/server.ts'
import { openMemoryStore } from '../reference-server/store/memory.ts'
import { readmeExamples } from '../scripts/readme-examples.ts'
import { blocksIn, inlineIn, root, textOf } from './markdown.ts'

const readme = textOf('README.md')
const ci = textOf('.ci/run')
const blocks = (language: string): readonly string[] => blocksIn(readme, language)

/** Every command that the README tells to type: where it is run, so that it cannot rot. */
const RUN_BY: Readonly<Record<string, { readonly ci: readonly string[] } | 'here'>> = {
  'npm ci && npm start': { ci: ['npm ci', 'npm start --silent --'] },
  'npm ci && npm test': { ci: ['npm ci', 'npm test'] },
  'npm start -- --endpoint http://127.0.0.1:8080': 'here',
  "npm start -- --launch 's2 lite --port {port} --local-root {data_dir}' --profile s2-lite": {
    ci: ['--profile s2-lite --launch "$s2 lite --port {port} --local-root {data_dir}"'],
  },
  "npm run conformance -- durability --launch 's2 lite --port {port} --local-root {data_dir}' --kills 60 --pauses 8 --cuts 10":
    { ci: ['durability --launch "$s2 lite --port {port} --local-root {data_dir}" --kills'] },
  'npm run load -- run': { ci: ['npm run --silent load -- run'] },
  'npm run reference-server': 'here',
  'npm run clients': { ci: ['npm run --silent clients -- --no-rust-build'] },
  'npm run defects': { ci: ['npm run --silent defects'] },
}

/** Those that stand in a sentence: the test, or the script, that types them, and how. */
const TYPED_BY: Readonly<Record<string, readonly [file: string, words: string] | 'here'>> = {
  'npm ci': ['.ci/run', 'npm ci'],
  'npm ci && npm pack': ['scripts/try-package.sh', 'npm pack'],
  'npm pack': ['scripts/try-package.sh', 'npm pack'],
  'npm install': ['scripts/try-package.sh', 'npm install'],
  'npm install --save-dev': ['scripts/try-package.sh', 'npm install'],
  'bash scripts/install-s2-lite.sh': ['.ci/run', 'scripts/install-s2-lite.sh'],
  'npm run conformance -- run': ['conformance/hosted.story.test.ts', "command('run'"],
  'npm run conformance -- list': 'here',
  'npm run conformance -- diff OLD.json NEW.json': ['scripts/try-package.sh', 'diff report.json report.json'],
  'npm run conformance -- replay FILE --endpoint URL': [
    'conformance/commands/replay.story.test.ts',
    "type('replay', file, '--endpoint', url",
  ],
  'npm run conformance -- history --endpoint URL': [
    'conformance/commands/history.story.test.ts',
    "'history',\n  '--endpoint',\n  url",
  ],
  'npm run load -- capacity': ['load/commands/capacity.story.test.ts', "run(['capacity', ...args]"],
  'npm run load -- ab': ['load/commands/ab.story.test.ts', "'ab',"],
  'npm run load -- compare BASE.json HEAD.json': [
    'load/commands/compare.test.ts',
    "run(['compare', ...args]",
  ],
  'npm run load -- report FILE.json --html FILE': ['load/commands/outputs.story.test.ts', "'report',"],
  'npm run load -- merge A.json B.json --json FILE': ['load/commands/outputs.story.test.ts', "'merge',"],
  'npm run load -- workloads': 'here',
  'npm run load -- calibrate': ['load/calibrate/calibrate.story.test.ts', 'await calibrate('],
  'npm run agreement': ['.ci/run', 'npm run --silent agreement'],
  'npm run bench:history': ['.ci/run', 'npm run --silent bench:history'],
  'npm run tamper': ['.ci/run', 'npm run --silent tamper'],
}

/** Those that no test types, and why. */
const TYPED_BY_NOBODY: Readonly<Record<string, string>> = {
  'npm run bench:load -- truth': 'for a quiet machine, which CI has not',
  'npm run porcupine -- --checker PATH':
    'its checker is built with Go from a repository that CI does not fetch',
}

interface Ended {
  readonly code: number | null
  readonly out: string
}

/** Runs a command until it ends, or until its output has what is waited for. */
async function type(command: string, until?: RegExp): Promise<Ended> {
  const child = spawn(command, {
    cwd: root,
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (until?.test(out) && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, out }
}

/** The examples import the package; here they are given its sources. */
const fromSources = (text: string): string =>
  text
    .replace("'s2-conformance/reference-server'", `'${join(root, 'reference-server/index.ts')}'`)
    .replace("'s2-conformance/vitest'", `'${join(root, 'conformance/vitest.ts')}'`)
    .replace("'s2-conformance'", `'${join(root, 'conformance/index.ts')}'`)

/** Of npm and npx, of s2-lite, and of a tool of this repository. */
const OPTIONS_OF_OTHERS = ['--bucket', '--checker', '--no-install', '--no-save', '--save-dev']

describe('the README', () => {
  test('has no command that nobody runs', () => {
    expect(blocks('sh')).toEqual(Object.keys(RUN_BY))
    const inCi = Object.values(RUN_BY).flatMap((by) => (by === 'here' ? [] : by.ci))
    expect(inCi.filter((line) => !ci.includes(line))).toEqual([])
  })

  test('has none in a sentence either', () => {
    const typed = inlineIn(readme).filter((text) => /^(npm|npx|bash|node) /.test(text))
    expect(typed.toSorted()).toEqual([...Object.keys(TYPED_BY), ...Object.keys(TYPED_BY_NOBODY)].toSorted())
    const untyped = Object.values(TYPED_BY).filter((by) => by !== 'here' && !textOf(by[0]).includes(by[1]))
    expect(untyped).toEqual([])
  })

  test('names no option that is none', async () => {
    const { out: server } = await type('npm run --silent reference-server -- --help')
    const helps = [
      server,
      ...[...COMMANDS, ...LOAD_COMMANDS].map((command) => commandHelp(command, '')),
    ].join('\n')
    const named = new Set(readme.match(/(?<![\w-])--[a-z][a-z-]+/g))
    expect(named.size).toBeGreaterThan(40)
    const unknown = [...named].filter((name) => !new RegExp(`${name}(?![\\w-])`).test(helps))
    expect(unknown.toSorted()).toEqual(OPTIONS_OF_OTHERS)
  })

  test('explains each option whose help sends there', () => {
    const sent = [...COMMANDS, ...LOAD_COMMANDS]
      .flatMap(({ options }) => options)
      .filter(({ help }) => help.includes('README'))
      .map(({ name }) => `--${name}`)
    expect(sent).toContain('--faults')
    expect(sent.filter((name) => !new RegExp(`${name}(?![\\w-])`).test(readme))).toEqual([])
  })

  test('judges an endpoint by the command it shows', async () => {
    const server = await createServer({ data: { store: await openMemoryStore() } })
    const url = await server.start()
    const command = 'npm start -- --endpoint http://127.0.0.1:8080'.replace('http://127.0.0.1:8080', url)
    const { code, out } = await type(`${command} --only 'TAIL-00*'`)
    await server.stop()
    expect(out).toMatch(/\d+ passed, 0 failed/)
    expect(code).toBe(0)
  })

  test('shows what the server prints', async () => {
    const { out } = await type('npm run --silent reference-server -- --port 0', /ACCESS_TOKEN=\S+\n/)
    const shown = blocks('text').find((block) => block.startsWith('Listening')) ?? 'no such block'
    expect(out.trim().replaceAll(/:\d+/g, ':8080')).toBe(shown)
  })

  test.each(readmeExamples().map((example) => [example.runner, example] as const))(
    'has an example for %s that works',
    async (runner, { file, text }) => {
      const folder = join(root, '.s2-conformance', 'readme')
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, file), fromSources(text))
      const command =
        runner === 'vitest' ? `vitest run --root ${folder} ${file}` : `node --test ${join(folder, file)}`
      const { code, out } = await type(`PATH=${join(root, 'node_modules/.bin')}:$PATH ${command}`)
      expect(out).toMatch(runner === 'vitest' ? /Tests .*[1-9]\d* passed/ : /pass 1\n/)
      expect(code).toBe(0)
    },
  )

  test('has an example for each runner', () => {
    expect(readmeExamples().map(({ file }) => file)).toEqual([
      'vitest.test.ts',
      'node.test.mts',
      'conformance-vitest.test.ts',
      'conformance-node.test.mts',
    ])
  })

  test('lists the rows by the command it names', async () => {
    expect(readme).toContain('`npm run conformance -- list`')
    const { code, out } = await type('npm run --silent conformance -- list')
    expect(code).toBe(0)
    expect(out).toMatch(/^APP-013 /m)
  })

  test('lists the workloads by the command it names', async () => {
    const { code, out } = await type('npm run --silent load -- workloads')
    expect(code).toBe(0)
    expect(out).toMatch(/^throughput {2}/m)
  })

  test('links to what is there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] ?? '')
    expect(links.length).toBeGreaterThan(5)
    const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(
      ([, text = '']) => `#${text.toLowerCase().replaceAll(' ', '-')}`,
    )
    const isThere = (link: string): boolean =>
      link.startsWith('#') ? headings.includes(link) : existsSync(join(root, link))
    expect(links.filter((link) => !isThere(link))).toEqual([])
  })
})
