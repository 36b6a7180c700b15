import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createServer } from '../reference-server/server.ts'
import { openMemoryStore } from '../reference-server/store/memory.ts'
import { readmeExamples } from '../scripts/readme-examples.ts'

const root = resolve(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const ci = readFileSync(join(root, '.ci/run'), 'utf8')

const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((match) =>
    (match[1] ?? '').trim(),
  )

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
  'npm run reference-server': 'here',
  'npm run clients': { ci: ['npm run --silent clients -- --no-rust-build'] },
  'npm run defects': { ci: ['npm run --silent defects'] },
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

describe('the README', () => {
  test('has no command that nobody runs', () => {
    expect(blocks('sh')).toEqual(Object.keys(RUN_BY))
    const inCi = Object.values(RUN_BY).flatMap((by) => (by === 'here' ? [] : by.ci))
    expect(inCi.filter((line) => !ci.includes(line))).toEqual([])
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

  test('names files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] ?? '')
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
  })
})
