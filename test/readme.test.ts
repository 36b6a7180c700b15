import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../conformance/main.ts'
import { commandHelp } from '../kit/cli/help.ts'
import { COMMANDS as LOAD_COMMANDS } from '../load/main.ts'
import { createServer } from '../reference-server/server.ts'
import { openMemoryStore } from '../reference-server/store/memory.ts'
import { writtenPages } from '../scripts/pages.ts'
import { readmeExamples } from '../scripts/readme-examples.ts'
import { blocksIn, commandsIn, root, textOf, withoutFences } from './markdown.ts'
import { TYPED_BY } from './typed-by.ts'

const readme = textOf('README.md')

/** The README and the pages that it sends to. */
const guide = writtenPages.filter((page) => page === 'README.md' || page.startsWith('docs/'))

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
    .replace("'s2-conformance/reference-server/vitest'", `'${join(root, 'reference-server/vitest.ts')}'`)
    .replace("'s2-conformance/load'", `'${join(root, 'load/index.ts')}'`)
    .replace("'s2-conformance/vitest'", `'${join(root, 'conformance/vitest.ts')}'`)
    .replace("'s2-conformance'", `'${join(root, 'conformance/index.ts')}'`)

/** Of npm and npx, of s2-lite, of curl, and of tools of this repository. */
const OPTIONS_OF_OTHERS = ['--bucket', '--checker', '--no-install', '--no-save', '--save-dev']

describe('the README and its pages', () => {
  test('name no option that is none', async () => {
    const { out: server } = await type('npm run --silent reference-server -- --help')
    const helps = [
      server,
      ...[...COMMANDS, ...LOAD_COMMANDS].map((command) => commandHelp(command, '')),
    ].join('\n')
    const named = new Set(guide.flatMap((page) => textOf(page).match(/(?<![\w-])--[a-z][a-z-]+/g) ?? []))
    expect(named.size).toBeGreaterThan(80)
    const unknown = [...named].filter((name) => !new RegExp(`${name}(?![\\w-])`).test(helps))
    expect(unknown.toSorted()).toEqual(OPTIONS_OF_OTHERS)
  })

  test('explain each option whose help sends to a page', () => {
    const sent = [...COMMANDS, ...LOAD_COMMANDS]
      .flatMap(({ options }) => options)
      .flatMap(({ name, help }) => {
        const [page] = /[\w/]+\.md|README/.exec(help) ?? []
        return page === undefined ? [] : [{ name: `--${name}`, page }]
      })
    expect(sent).toContainEqual({ name: '--faults', page: 'docs/load.md' })
    const unexplained = sent.filter(
      ({ name, page }) => !guide.includes(page) || !new RegExp(`${name}(?![\\w-])`).test(textOf(page)),
    )
    expect(unexplained).toEqual([])
  })

  test('judge an endpoint by the command they show', async () => {
    const server = await createServer({ data: { store: await openMemoryStore() } })
    const url = await server.start()
    const shown = 'npm start -- --quick --endpoint http://127.0.0.1:8080'
    expect(commandsIn(readme)).toContain(shown)
    const command = shown.replace('http://127.0.0.1:8080', url)
    const { code, out } = await type(`${command} --only 'TAIL-00*'`)
    await server.stop()
    expect(out).toMatch(/\d+ passed, 0 failed/)
    expect(code).toBe(0)
  })

  test('say what the hosted service would be asked, and send nothing, by the command they show', async () => {
    const shown = Object.keys(TYPED_BY).find((command) => command.endsWith(' --dry-run'))
    const { code, out } = await type(`${shown}`)
    expect(code).toBe(0)
    expect(out).toMatch(/nothing was sent\n$/)
    // The budget that they show is enough for the run.
    const [, requests, mebibytes] = /about (\d+) requests and ([\d.]+) MiB/.exec(out) ?? []
    const [, mostRequests, mostBytes] = /--max-requests (\d+) --max-bytes (\d+)/.exec(`${shown}`) ?? []
    expect(Number(requests)).toBeLessThan(Number(mostRequests))
    expect(Number(mebibytes) * 2 ** 20).toBeLessThan(Number(mostBytes))
  })

  test('show what the server prints', async () => {
    const { out } = await type('npm run --silent reference-server -- --port 0', /ACCESS_TOKEN=\S+\n/)
    const shown = blocksIn(readme, 'text').find((block) => block.startsWith('Listening')) ?? 'no such block'
    expect(out.trim().replaceAll(/:\d+/g, ':8080')).toBe(shown)
  })

  test.each(readmeExamples().map((example) => [example.runner, example] as const))(
    'have an example for %s that works',
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

  test('have an example for each runner', () => {
    expect(readmeExamples().map(({ file }) => file)).toEqual([
      'node.test.mts',
      'conformance-vitest.test.ts',
      'conformance-node.test.mts',
      'load-node.test.mts',
      'vitest.test.ts',
      'fixture-vitest.test.ts',
    ])
  })

  test('list the rows by the command they name', async () => {
    const { code, out } = await type('npm run --silent conformance -- list')
    expect(code).toBe(0)
    expect(out).toMatch(/^APP-013 /m)
  })

  test('show a row by the command they name', async () => {
    const { code, out } = await type('npm run --silent conformance -- list APP-015 --json')
    expect(code).toBe(0)
    expect(out).toMatch(/"id": *"APP-015"/)
    expect(out).toMatch(/"statement": *"/)
  })

  test('list the workloads by the command they name', async () => {
    const { code, out } = await type('npm run --silent load -- workloads')
    expect(code).toBe(0)
    expect(out).toMatch(/^throughput {2}/m)
  })

  test('type here what is said to be typed here', () => {
    const here = Object.keys(TYPED_BY).filter((command) => TYPED_BY[command] === 'the test')
    expect(here).toEqual([
      'npm start -- --only ID',
      'npm start -- --quick --endpoint http://127.0.0.1:8080',
      "npm start -- --profile hosted --account-endpoint https://a.s2.dev --basin-endpoint 'https://{basin}.b.s2.dev' --max-requests 60000 --max-bytes 600000000 --dry-run",
      'npm run conformance -- list',
      'npm run conformance -- list APP-015 --json',
      'npm run load -- workloads',
      'npm run reference-server',
    ])
  })
})

describe('every page that people write', () => {
  test.each(writtenPages)('%s links to what is there', (page) => {
    const isThere = (link: string): boolean => {
      const [path = '', heading] = link.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, file))) return false
      return heading === undefined || headingsOf(file).includes(heading)
    }
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] ?? '')
    expect(links.filter((link) => !isThere(link))).toEqual([])
  })

  /** Languages whose fences are run, parsed or compared here and beside. */
  const HELD = ['sh', 'text', 'ts', 'yaml', 'json']

  test.each(writtenPages)('%s has no fence that nothing holds', (page) => {
    const fences = [...textOf(page).matchAll(/^```([^\n]*)\n.*?^```$/gms)].map(
      ([, language = '']) => language,
    )
    expect(fences.filter((language) => !HELD.includes(language))).toEqual([])
  })

  // The page of the specification is as wide as its neighbours.
  test.each(writtenPages.filter((page) => !page.startsWith('reference-server/')))('%s is wrapped', (page) => {
    const lines = withoutFences(textOf(page)).split('\n')
    expect(lines.filter((line) => line.length > 120 && !/^(?:\||\x20{4})/.test(line))).toEqual([])
  })

  test('is in the package, where the README of the package sends to it', () => {
    const { files } = JSON.parse(textOf('package.json')) as { files: readonly string[] }
    expect(files).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs']))
    for (const page of guide.filter((name) => name !== 'README.md')) expect(readme).toContain(`](${page}`)
  })
})

/** As GitHub names them in links. */
function headingsOf(page: string): readonly string[] {
  const headings = withoutFences(textOf(page)).matchAll(/^#+ (.*)$/gm)
  return [...headings].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
