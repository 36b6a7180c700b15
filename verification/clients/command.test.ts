import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { NoSuchProgram, runCommand } from './command.ts'

const options = { cwd: tmpdir(), env: process.env, seconds: 20 }
const node = (script: string): readonly string[] => [process.execPath, '-e', script]

test('a command runs to its end, with what it wrote', async () => {
  const finished = await runCommand(
    node('console.log("é"); console.error("e"); process.exitCode = 3'),
    options,
  )
  expect(finished).toEqual({ code: 3, stdout: 'é\n', stderr: 'e\n', timedOut: false })
})

test('a command whose time is over is killed, with all that it started', async () => {
  const script = `require('node:child_process').spawn('sleep', ['1000'], { stdio: 'inherit' }); setInterval(() => {}, 1000)`
  expect(await runCommand(node(script), { ...options, seconds: 0.5 })).toMatchObject({
    code: undefined,
    timedOut: true,
  })
})

test('a program that is not there is told from one that fails', async () => {
  await expect(runCommand(['no-such-program-anywhere'], options)).rejects.toThrow(NoSuchProgram)
})
