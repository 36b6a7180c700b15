import { expect, test } from 'vitest'
import { runCommandLine } from '../../kit/cli/command-line.ts'
import { quietIo } from '../../kit/testing/quiet-io.ts'
import { ConformanceFailure } from '../failures.ts'
import { TargetError } from '../target-error.ts'
import { PROGRAM_HOOKS } from './program-hooks.ts'

const malformed = new ConformanceFailure({
  subject: 'the session',
  expected: 'frames of S2S',
  actual: 'blanks',
})

test.each([
  [new TargetError('cut', 'the connection was lost (EPIPE)'), 'the connection was lost (EPIPE)'],
  [malformed, 'the session: expected frames of S2S, actual blanks'],
])("an error that no command expects is reported as the target's: %s", async (error, sentence) => {
  const told: string[] = []
  const io = { ...quietIo, err: (text: string) => void told.push(text) }
  const run = (): Promise<never> => Promise.reject(error)
  const command = { name: 'ask', summary: '', options: [], examples: [], run }
  const program = {
    ...PROGRAM_HOOKS,
    name: 's2',
    about: '',
    version: '0',
    commands: [command],
    exitCodes: '',
  }
  expect(await runCommandLine(['ask'], program, io)).toBe(3)
  expect(told.join('')).toBe(`s2: the target failed: ${sentence}\n`)
})
