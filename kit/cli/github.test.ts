import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { safeIo } from '../../client/command/safe-io.ts'
import { quietIo } from '../testing/quiet-io.ts'
import type { Annotation, CiReport } from './ci-report.ts'
import type { Given } from './command.ts'
import { reportToWorkflow } from './github.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 's2-github-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const SECRET = 'a-secret-of-some-length'
const report = (text: string): CiReport => ({
  summary: `## ${text}`,
  annotations: [{ level: 'error', title: text, message: `${text}\u001b[2J` }],
  outputs: { verdict: text },
})
const given: Given = {
  text: (name) => (name === 'markdown' ? 'report.md' : undefined),
  all: () => [],
  flag: () => false,
  operands: [],
}

/** Reports in a workflow whose variables are `env`; returns what was annotated and printed. */
async function reported(env: Readonly<Record<string, string>>) {
  const annotations: Annotation[] = []
  let errors = ''
  const io = safeIo(
    {
      ...quietIo,
      env: { ...env, S2_ACCESS_TOKEN: SECRET },
      annotate: (annotation) => annotations.push(annotation),
      err: (text) => {
        errors += text
      },
    },
    [],
  )
  await reportToWorkflow(`with ${SECRET}`, report, given, io)
  return { annotations, errors }
}

test('a workflow gets annotations, a summary and outputs, all without secrets and controls', async () => {
  const [GITHUB_STEP_SUMMARY, GITHUB_OUTPUT] = [join(folder, 'summary'), join(folder, 'output')]
  const { annotations } = await reported({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY, GITHUB_OUTPUT })
  const summary = readFileSync(GITHUB_STEP_SUMMARY, 'utf8')
  const output = readFileSync(GITHUB_OUTPUT, 'utf8')
  expect(annotations).toHaveLength(1)
  expect(annotations[0]?.message).toContain('\\x1b[2J')
  expect(summary).toMatch(/^## with /)
  expect(output).toMatch(/^verdict<<(s2-\S+)\nwith .*\n\1\nreport<<\1\nreport\.md\n\1\n$/)
  expect(JSON.stringify([annotations, summary, output])).not.toContain(SECRET)
})

test('elsewhere nothing is written', async () => {
  const { annotations } = await reported({ GITHUB_STEP_SUMMARY: join(folder, 'summary') })
  expect(annotations).toEqual([])
  expect(() => readFileSync(join(folder, 'summary'))).toThrow()
})

test('a file that cannot be written is reported', async () => {
  const { errors } = await reported({
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder, 'no', 'summary'),
  })
  expect(errors).toContain('GITHUB_STEP_SUMMARY cannot be written')
})

test.skipIf(process.platform === 'win32')(
  'a pipe without a reader is reported and does not block',
  async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const { errors } = await reported({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: pipe })
    expect(errors).toBe('GITHUB_STEP_SUMMARY cannot be written: no process reads from this pipe\n')
  },
)
