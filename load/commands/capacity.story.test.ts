import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { startServer } from '../../verification/suite-mutants/server.ts'
import { run } from '../main.ts'

const io = (out: string[], err: string[]) => ({
  out: (text: string) => void out.push(text),
  err: (text: string) => void err.push(text),
  env: {},
  isInteractive: false,
  width: 120,
  colour: false,
  interrupted: new AbortController().signal,
  cwd: '/',
})

async function play(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(['capacity', ...args], io(out, err))
  return { code, out: out.join(''), err: err.join('') }
}

const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../reports/load/${name}`, import.meta.url), 'utf8'))

test('what a capacity leaves behind is as its schema says', async () => {
  const folder = await mkdtemp(join(tmpdir(), 's2-load-test-'))
  const server = await startServer()
  try {
    const file = join(folder, 'capacity.json')
    const common = [
      '--endpoint',
      server.url,
      '--warmup',
      '0',
      '--duration',
      '0.6s',
      '--batch',
      '1',
      '--json',
      file,
    ]
    // No server answers before it was asked: the objective cannot hold, whatever the machine does meanwhile.
    const { code, out, err } = await play('--slo', 'response-p50 < 0.001ms', '--from', '200', ...common)
    expect(err).toBe('')
    const written = JSON.parse(await readFile(file, 'utf8'))
    const ajv = new Ajv.default({ strict: true, allErrors: true })
    addFormats.default(ajv)
    ajv.addSchema(schemaOf('load.schema.json'))
    const validate = ajv.compile(schemaOf('capacity.schema.json'))
    expect([validate(written), validate.errors]).toEqual([true, null])
    expect(['never-holds', 'inconclusive']).toContain(written.outcome)
    expect(code).toBe(written.outcome === 'never-holds' ? 1 : 3)
    expect(out).toContain('response-p50 < 0.001 ms')
    expect(written.steps[0].perSecond).toBe(200)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
  }
})

test.each([
  [[], 'say with --slo what has to hold'],
  [['--slo', 'fast'], '--slo: "fast" is no objective'],
  [['--slo', 'e2e-p50 < 1s', '--from', '0'], '--from: "0" is no whole number from 1 on'],
  [['--slo', 'e2e-p50 < 1s', '--from', '10', '--to', '5'], '--to: 5 is below --from, which is 10'],
  [
    ['--slo', 'e2e-p50 < 1s', '--to', '50'],
    '--to: 50 is below --from, which is 100: give a lower --from too',
  ],
  [
    ['--slo', 'response-p99 < 1s', '--from', '50', '--duration', '3s'],
    '150 of them at --from 50: give --duration 20s or more',
  ],
  [['--slo', 'e2e-p50 < 1s', '--precision', '0'], '--precision is percent from 1 to 100'],
  [['--slo', 'e2e-p50 < 1s', '--rate', '5'], '--rate is not an option of capacity'],
  [['--slo', 'e2e-p50 < 1s', '--endpoint', 'http://s2.example'], 'is not on this machine'],
])('%j is wrong usage', async (args, sentence) => {
  expect(await play(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
})
