import { existsSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { cpuSecondsOf } from './cpu-time.ts'
import { type ProcessGroup, startProcessGroup } from './process-group.ts'

const groups: ProcessGroup[] = []

afterEach(() => {
  for (const group of groups.splice(0)) group.reap()
})

async function start(command: string): Promise<ProcessGroup> {
  const group = await startProcessGroup(command, { PATH: process.env.PATH })
  groups.push(group)
  return group
}

const SPIN = 'while :; do :; done'

test.each([
  ['itself', SPIN],
  ['a child', `sh -c '${SPIN}' & wait`],
  ["a child's child", `sh -c "sh -c '${SPIN}' & wait" & wait`],
  [
    'a child of a thread that is not the first',
    `python3 -c 'import threading, subprocess, time
t = threading.Thread(target=lambda: subprocess.run(["sh", "-c", "while :; do :; done"])); t.start(); t.join()'`,
  ],
])('time that %s uses is counted', async (_who, command) => {
  const group = await start(command)
  await expect.poll(() => group.cpuSeconds() ?? 0).toBeGreaterThan(0.3)
})

test('time of a child that has ended is kept', async () => {
  const group = await start(`sh -c 'n=0; while [ $n -lt 300000 ]; do n=$((n+1)); done'; echo done; sleep 60`)
  await expect.poll(() => group.lastLines()).toContain('done')
  const used = group.cpuSeconds()
  expect(used).toBeGreaterThan(0.02)
})

test.skipIf(!existsSync('/proc/self/schedstat'))(
  'time is told finer than in ticks of a hundredth',
  async () => {
    const group = await start(SPIN)
    const beyondTicks = (): number => ((group.cpuSeconds() ?? 0) * 100) % 1
    await expect.poll(beyondTicks).toSatisfy((part: number) => part > 0.01 && part < 0.99)
  },
)

test('a process that rests uses none, and one that is gone tells nothing', async () => {
  const group = await start('sleep 60')
  expect(group.cpuSeconds()).toBeLessThan(0.1)
  group.reap()
  await group.exited
  expect(group.cpuSeconds()).toBeUndefined()
  expect(cpuSecondsOf(2 ** 30)).toBeUndefined()
})
