import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endless, startHostile } from '../client/testing/hostile-server.ts'
import {
  COMMAND_LINE,
  FORBIDDEN,
  fragmentsIn,
  startHostileServer,
} from '../client/testing/hostile-text-server.ts'
import { PACKAGE_ROOT } from '../kit/package.ts'
import { startServer, type TestServer } from '../verification/suite-mutants/server.ts'
import { run } from './main.ts'

const TOKEN = 'Qz7-Hst_Xk29fLmW0pR4vT8yB1nC'

let folder: string
let upstream: TestServer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-load-test-'))
  upstream = await startServer()
})
afterAll(async () => {
  await upstream.stop()
  await rm(folder, { recursive: true })
})

interface Played {
  readonly code: number
  readonly outputs: ReadonlyMap<string, string>
}

/** Every output of a command: what it printed, and each file that it left. */
async function play(args: readonly string[], token = TOKEN): Promise<Played> {
  const cwd = await mkdtemp(join(folder, 'run-'))
  let [out, err] = ['', '']
  const code = await run(
    args.map((arg) => arg.replace('{folder}', cwd)),
    {
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
      env: { PATH: process.env.PATH, S2_ACCESS_TOKEN: token },
      isInteractive: false,
      width: 10_000,
      colour: false,
      interrupted: new AbortController().signal,
      cwd,
    },
  )
  const outputs = new Map([
    ['stdout', out],
    ['stderr', err],
  ])
  for (const name of await readdir(cwd)) outputs.set(name, await readFile(join(cwd, name), 'utf8'))
  return { code, outputs }
}

function expectHarmless({ outputs }: Played, secret = TOKEN): void {
  const found = [...outputs].flatMap(([name, text]) => [
    ...(FORBIDDEN.test(text) ? [`${name} holds ${JSON.stringify(FORBIDDEN.exec(text)?.[0])}`] : []),
    ...(!name.endsWith('.html') && COMMAND_LINE.test(text) ? [`${name} holds a line for a CI log`] : []),
    ...fragmentsIn(text, secret).map((fragment) => `${name} holds ${fragment}`),
  ])
  expect(found).toEqual([])
}

const REPORTS = ['json', 'html', 'markdown', 'csv', 'hgrm', 'hlog'].flatMap((kind) => [
  `--${kind}`,
  `{folder}/report.${kind}`,
])
const LITTLE = ['--duration', '0.6s', '--warmup', '0']

describe('a server that answers with control characters and the token', () => {
  test('leaves nothing of it in any output of a load', async () => {
    const server = await startHostileServer(
      upstream.url,
      ({ method, url = '' }, count) => method !== 'POST' || !url.includes('/records') || count % 5 > 0,
    )
    const load = ['--transport', 'h1-json', '--readers', '0', '--catch-up', '0', '--rate', '100', ...LITTLE]
    const played = await play(['run', '--endpoint', server.origin, ...load, ...REPORTS])
    await server.close()
    expect(played.outputs.get('stderr')).toBe('')
    expect(played.outputs.get('stdout')).toContain('\\x1b')
    expect(JSON.parse(played.outputs.get('report.json') ?? '').appends.refused).toBeGreaterThan(0)
    expectHarmless(played)
  })

  test.each([['run'], ['capacity', '--slo', 'response-p99 < 1s']])(
    'leaves nothing of it in the sentence that ends a %s',
    async (...command) => {
      for (const spared of [0, 3]) {
        const server = await startHostileServer(upstream.url, (_, count) => count <= spared)
        const played = await play([...command, '--endpoint', server.origin, ...LITTLE])
        await server.close()
        expect(played.code).toBeGreaterThan(1)
        expect(played.outputs.get('stderr')).toMatch(/^s2-load: /)
        expectHarmless(played)
      }
    },
  )
})

test('a body without end before the load is cut at 1 MiB', async () => {
  const server = await startHostile(endless, 0)
  const { code, outputs } = await play(['run', '--endpoint', server.origin, ...LITTLE])
  await server.close()
  expect(code).toBe(3)
  expect(outputs.get('stderr')).toContain('the body is longer than 1048576 bytes')
})

describe('a secret in a launch command', () => {
  const SECRET = 'Vd8_lnch-Wq31kRrT77mZpL0xYe'
  const entry = fileURLToPath(new URL('bin/s2-reference-server.js', PACKAGE_ROOT))
  const launch = `env S2_ROOT_TOKEN=${SECRET} ${process.execPath} ${entry} --auth --port {port}`

  test('stands in no output of a load', async () => {
    const load = ['--rate', '50', '--catch-up', '0', ...LITTLE, ...REPORTS]
    const played = await play(['run', '--launch', launch, ...load], SECRET)
    expect(played.outputs.get('stdout')).toContain('env S2_ROOT_TOKEN=… ')
    expect(JSON.parse(played.outputs.get('report.json') ?? '').target.launch).toContain('S2_ROOT_TOKEN=… ')
    expectHarmless(played, SECRET)
  })

  test('is not printed when the command dies, with what it printed itself', async () => {
    const dying = `env S2_ROOT_TOKEN=${SECRET} sh -c 'echo token $S2_ROOT_TOKEN >&2; exit 1' {port}`
    const played = await play(['run', '--launch', dying])
    expect(played.outputs.get('stderr')).toContain('S2_ROOT_TOKEN=… ')
    expect(played.outputs.get('stderr')).toContain('token <redacted>')
    expect(played.outputs.get('stderr')).toContain('ended with exit code 1')
    expectHarmless(played, SECRET)
  })
})
