import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Has Node tell on stderr of every module that it loads. */
const HOOK = `import { registerHooks } from 'node:module'
registerHooks({ load: (url, context, next) => { process.stderr.write('load ' + url + '\\n'); return next(url, context) } })`

async function loadedBy(...args: readonly string[]): Promise<{ loaded: readonly string[]; out: string }> {
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`
  const node = resolve(root, 'node_modules/.bin/node')
  const child = spawn(node, ['--import', hook, 'bin/s2-conformance.js', ...args], { cwd: root })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  await new Promise((done) => child.once('close', done))
  return { out, loaded: [...err.matchAll(/^load (.*)$/gm)].map(([, url]) => url ?? '') }
}

test('the hook sees what is loaded', async () => {
  const { loaded } = await loadedBy('list', 'TAIL-002')
  expect(
    loaded.filter((url) => /conformance\/requirements|catalogue\/rows/.test(url)).length,
  ).toBeGreaterThan(50)
})

test.each([
  ['--help'],
  ['run', '--help'],
  ['list', '--help'],
  ['replay', '--help'],
  ['diff', '--help'],
  ['history', '--help'],
  ['check-history', '--help'],
  ['--version'],
])('help loads no requirement, no catalogue and no package: %s %s', async (...args) => {
  const { loaded, out } = await loadedBy(...args.filter((arg) => arg !== undefined))
  expect(out).not.toBe('')
  expect(loaded.filter((url) => /node_modules|requirements\/|catalogue\/rows|model\//.test(url))).toEqual([])
  expect(loaded.length).toBeLessThan(70)
})
