import { expect, test } from 'vitest'
import { TargetError } from '../target/target-error.ts'
import { quietIo } from '../testing/quiet-io.ts'
import { runCommandLine } from './command-line.ts'

test("what the target did is told as the target's doing, whichever command did not expect it", async () => {
  const told: string[] = []
  const io = { ...quietIo, err: (text: string) => void told.push(text) }
  const run = (): Promise<never> => Promise.reject(new TargetError('cut', 'the connection was lost (EPIPE)'))
  const command = { name: 'ask', summary: '', options: [], examples: [], run }
  const program = { name: 's2', about: '', version: '0', commands: [command], exitCodes: '' }
  expect(await runCommandLine(['ask'], program, io)).toBe(3)
  expect(told.join('')).toBe('s2: the target failed: the connection was lost (EPIPE)\n')
})
