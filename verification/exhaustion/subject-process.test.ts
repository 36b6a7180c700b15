import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replyOf } from './subject-process.ts'

const script = join(import.meta.dirname, 'subject.ts')

test('a subject that cannot be started is told so', async () => {
  const child = fork(script, { execPath: '/nowhere/node' })
  await expect(replyOf(child)).rejects.toThrow('the subject cannot be reached')
})

test('a subject that dies before it answers is told so', async () => {
  const child = fork(script, { stdio: 'ignore' })
  const reply = replyOf(child)
  child.kill('SIGKILL')
  await expect(reply).rejects.toThrow('the subject died: SIGKILL')
})

test('one that has died cannot be asked', async () => {
  const child = fork(script, { stdio: 'ignore' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  child.send('settle')
  await expect(replyOf(child)).rejects.toThrow('the subject cannot be reached')
})
