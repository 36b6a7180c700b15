import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, test as plainTest } from 'vitest'
import { referenceServerTest } from './vitest.ts'
import { referenceServerSetup } from './vitest-setup.ts'

const test = referenceServerTest({
  init: { basins: [{ name: 'my-basin', streams: [{ name: 'events' }] }] },
})

const append = (url: string, body: string) =>
  fetch(`${url}/v1/streams/events/records`, {
    method: 'POST',
    headers: { 's2-basin': 'my-basin', 'content-type': 'application/json' },
    body: JSON.stringify({ records: [{ body }] }),
  })

describe('the fixture', () => {
  const urls: string[] = []

  test.for(['a', 'b'])('begins each test with an empty stream: %s', async (body, { referenceServer }) => {
    expect(await referenceServer.records('my-basin', 'events')).toEqual([])
    referenceServer.faults.refuse({ operation: 'read', code: 'unavailable' })
    await append(referenceServer.url, body)
    expect(await referenceServer.records('my-basin', 'events')).toMatchObject([{ body }])
    expect(referenceServer.faults.planned()).toHaveLength(1)
    urls.push(referenceServer.url)
  })

  plainTest('keeps one server for the worker', () => {
    expect(urls).toHaveLength(2)
    expect(new Set(urls).size).toBe(1)
  })
})

describe('the global set-up', () => {
  plainTest('provides the URL until the tear-down', async () => {
    let url = ''
    const provide = (_key: 'referenceServerUrl', provided: string) => {
      url = provided
    }
    const tearDown = await referenceServerSetup()({ provide })
    expect((await fetch(`${url}/health`)).status).toBe(200)
    await tearDown()
    await expect(fetch(`${url}/health`)).rejects.toThrow()
  })

  plainTest('is found by vitest under its name', async () => {
    const root = resolve(import.meta.dirname, '..')
    await mkdir(join(root, '.s2-conformance'), { recursive: true })
    const folder = await mkdtemp(join(root, '.s2-conformance', 'global-setup-'))
    const setup = join(root, 'reference-server/vitest-setup.ts')
    await writeFile(
      join(folder, 'vitest.config.ts'),
      `export default { test: { globalSetup: ['${setup}'] } }\n`,
    )
    await writeFile(
      join(folder, 'health.test.ts'),
      `import { expect, inject, test } from 'vitest'
test('the server answers', async () => {
  expect((await fetch(inject('referenceServerUrl') + '/health')).status).toBe(200)
})
`,
    )
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const child = spawn(process.execPath, [vitest, 'run', '--root', folder], {
      env: { ...process.env, NO_COLOR: '1', VITEST: undefined, VITEST_POOL_ID: undefined },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
    })
    const code = await new Promise((done) => child.once('close', done))
    await rm(folder, { recursive: true })
    expect(printed).toMatch(/Tests .*1 passed/)
    expect(code).toBe(0)
  })
})
