import { expect, test } from 'vitest'
import type { Io } from '../cli/command.ts'
import { run } from '../main.ts'
import { startStub } from '../testing/stub-server.ts'

async function say(
  args: readonly string[],
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = ''
  let err = ''
  const io: Io = {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env: {},
    isInteractive: false,
    width: 120,
    colour: false,
    interrupted: new AbortController().signal,
    cwd: '/',
  }
  return { code: await run(args, io), out, err }
}

test('a server that was not launched cannot be killed, and that is no success', async () => {
  const stub = await startStub(({ method }) => {
    if (method === 'POST') return { status: 201, body: '{"name":"x","created_at":"2026-01-01T00:00:00Z"}' }
    return { body: '{"basins":[],"streams":[],"has_more":false}' }
  })
  const { out } = await say(['durability', '--endpoint', stub.origin])
  await stub.close()
  expect(out).toContain(
    'DUR-003         not-applicable  needs restart: the target was not launched by this run: use --launch',
  )
  expect(out).toContain('0 passed, 0 failed, 5 not applicable')
})

test.each([
  [['--kills', '0'], '--kills is a whole number from 1 to 10000, not "0"'],
  [
    ['--container', 'image', '--launch', 'x {port}'],
    '--container, --launch and --endpoint exclude each other',
  ],
  [['--container', 'image'], '--container needs {port} among the arguments of its image'],
])('%j is a mistake', async (args, sentence) => {
  expect(await say(['durability', ...args])).toEqual({
    code: 2,
    out: '',
    err: `s2-conformance: ${sentence}\n`,
  })
})
