/**
 * Uses every entry of the package as its users do. `scripts/try-package.sh` runs it next to the installed package, as
 * TypeScript and as the JavaScript that the compiler makes of it.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runConformance } from 's2-conformance'
import { type LiveMoment, type LoadResult, runLoad } from 's2-conformance/load'
import { type StartedServer, startReferenceServer } from 's2-conformance/reference-server'
import { type Rules, rules } from 's2-conformance/reference-server/semantics'
import { S2_LITE_IMAGE, S2Container } from 's2-conformance/testcontainers'

const textOf = (entry: string): string => readFileSync(fileURLToPath(import.meta.resolve(entry)), 'utf8')

async function withServer<T>(use: (server: StartedServer) => Promise<T>): Promise<T> {
  const server = await startReferenceServer()
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}

test('runConformance judges a server', async () => {
  const result = await withServer(({ url }) => runConformance(url, { only: ['TAIL-00*'] }))
  assert.equal(result.outcome, 'conformant')
})

test('runConformance knows the expectations for s2-lite', async () => {
  const result = await withServer(({ url }) =>
    runConformance(url, { profile: 's2-lite', only: ['TAIL-002'] }),
  )
  assert.equal(result.target.profile, 's2-lite')
})

test('runLoad runs a workload, with a fault', async () => {
  const moments: LiveMoment[] = []
  const workload = { rate: '50/s', duration: '1s', warmup: '0s', faults: 'cut at 0.5s' }
  const result: LoadResult = await withServer(({ url }) =>
    runLoad(url, { workload, onProgress: (moment) => moments.push(moment) }),
  )
  assert.equal(result.integrity.verdict, 'verified')
  assert.notEqual(moments.length, 0)
})

test('the rules decide without a server', () => {
  const { parseBasinName }: Rules = rules
  assert.equal(typeof parseBasinName, 'function')
})

test('a container is prepared without an engine', () => {
  assert.ok(new S2Container(S2_LITE_IMAGE))
})

test('the text of the rules is there to read', () => {
  assert.match(textOf('s2-conformance/reference-server/semantics/append/append.ts'), /export function append/)
})

test('the catalogue, the vectors and the schemas are there', () => {
  const catalogue: unknown = JSON.parse(textOf('s2-conformance/catalogue.json'))
  assert.equal(typeof catalogue, 'object')
  assert.equal(textOf('s2-conformance/catalogue.json'), textOf('s2-conformance/vectors/catalogue.json'))
  const [line = ''] = textOf('s2-conformance/vectors/wire.jsonl').split('\n')
  assert.equal(typeof JSON.parse(line), 'object')
  const require = createRequire(import.meta.url)
  for (const name of ['config', 'report', 'load', 'comparison', 'capacity']) {
    const schema: unknown = require(`s2-conformance/${name}.schema.json`)
    assert.equal(typeof schema, 'object')
  }
})
