import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  COMMAND_LINE,
  FORBIDDEN,
  fragmentsIn,
  startHostileServer,
} from '../client/testing/hostile-text-server.ts'
import { startServer, type TestServer } from '../verification/suite-mutants/server.ts'
import { play } from './testing/play.ts'

const TOKEN = 'Qz7-hostile_Xk29fLmW0pR4vT8yB1nC'

let folder: string
let upstream: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-hostile-test-'))
  upstream = await startServer()
})
afterAll(async () => {
  await upstream.stop()
  await rm(folder, { recursive: true })
})

/** Every output of a command: what it printed, and each file that it left. */
async function outputsOf(name: string, args: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const cwd = await mkdtemp(join(folder, `${name}-`))
  const files = args.map((arg) => arg.replace('{folder}', cwd))
  const { out, err } = await play(files, { env: { S2_ACCESS_TOKEN: TOKEN }, cwd, width: 10_000 })
  const outputs = new Map([
    ['stdout', out],
    ['stderr', err],
  ])
  for (const entry of await readdir(cwd, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) outputs.set(entry.name, await readFile(join(entry.parentPath, entry.name), 'utf8'))
  }
  return outputs
}

function expectHarmless(outputs: ReadonlyMap<string, string>, secret = TOKEN): void {
  const found = [...outputs].flatMap(([name, text]) => [
    ...(FORBIDDEN.test(text) ? [`${name} holds ${JSON.stringify(FORBIDDEN.exec(text)?.[0])}`] : []),
    ...(!name.endsWith('.html') && COMMAND_LINE.test(text) ? [`${name} holds a line for a CI log`] : []),
    ...fragmentsIn(text, secret).map((run) => `${name} holds ${run}`),
  ])
  expect(found).toEqual([])
}

const REPORTS = ['json', 'html', 'junit', 'ctrf', 'markdown', 'badge'].flatMap((kind) => [
  `--${kind}`,
  `{folder}/report.${kind}`,
])
const ONLY = ['APP-00*', 'SSE-00*', 'S2S-01*', 'CP-BAS-00*', 'CP-TOK-00*'].flatMap((glob) => ['--only', glob])

describe('a server that answers with control characters and the token, in every form and cut everywhere', () => {
  test('leaves nothing of it in any output of a run', async () => {
    const hostile = await startHostileServer(
      upstream.url,
      ({ method = '', url = '' }, count) =>
        count < 12 || method === 'DELETE' || (/^\/v1\/(basins|streams)(\?.*)?$/.test(url) && count % 3 > 0),
    )
    const args = ['run', '--endpoint', hostile.origin, '--profile', 'hosted', ...ONLY, ...REPORTS]
    const outputs = await outputsOf('run', args)
    await hostile.close()
    expect(hostile.answers()).toBeGreaterThan(100)
    expect(outputs.get('stdout')).toContain('<redacted>')
    expect([...outputs.keys()]).toEqual(expect.arrayContaining(['report.json', 'report.markdown']))
    expectHarmless(outputs)
  })

  test('that refuses the first request is reported in one harmless sentence', async () => {
    const refusing = await startHostileServer(upstream.url, () => false)
    const first = await outputsOf('first', ['run', '--endpoint', refusing.origin, ...REPORTS])
    const history = await outputsOf('history', ['history', '--endpoint', refusing.origin])
    await refusing.close()
    expect(first.get('stderr')).not.toBe('')
    for (const outputs of [first, history]) expectHarmless(outputs)
  })

  test('is launched without its secrets in any output, also when it dies', async () => {
    const secret = 'Vd8_lnch-Wq31kRrT77mZpL0xYe'
    const dying = `env S2_ROOT_TOKEN=${secret} sh -c 'echo $S2_ROOT_TOKEN >&2; exit 1' {port}`
    for (const command of [['run'], ['history'], ['durability'], ['run', '--dry-run']]) {
      const outputs = await outputsOf('launch', [...command, '--launch', dying])
      expect([...outputs.values()].join('')).toContain('S2_ROOT_TOKEN=… ')
      expectHarmless(outputs, secret)
    }
  })

  test('leaves nothing of it in a history', async () => {
    const server = await startHostileServer(
      upstream.url,
      ({ method, url = '' }, count) => method !== 'POST' || !url.includes('/records') || count % 4 > 0,
    )
    const files = ['--out', '{folder}/history.jsonl', '--json', '{folder}/history.json']
    const args = ['history', '--endpoint', server.origin, '--clients', '3', '--ops', '8', ...files]
    const outputs = await outputsOf('history', args)
    await server.close()
    expect([...outputs.keys()], outputs.get('stderr')).toContain('history.json')
    expectHarmless(outputs)
  })
})
