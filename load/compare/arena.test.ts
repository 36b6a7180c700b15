import { expect, test } from 'vitest'
import type { TargetPlan } from '../../client/command/plan-target.ts'
import { singleEndpoint } from '../../client/endpoints.ts'
import { attach } from '../../client/launch/attached.ts'
import { quietIo as io } from '../../kit/testing/quiet-io.ts'
import { startServer } from '../../verification/suite-mutants/server.ts'
import { parseWorkload } from '../workload/parse.ts'
import { createArena } from './arena.ts'
import type { Side } from './play-rounds.ts'

test('each side plays on its own server, whichever of them was started first', async () => {
  const servers = { base: await startServer(), head: await startServer() }
  const started: Side[] = []
  const planOf = (side: Side): TargetPlan => ({
    isEmbedded: false,
    isAttached: true,
    options: '',
    createLauncher() {
      started.push(side)
      return Promise.resolve(attach(singleEndpoint(servers[side].url)))
    },
  })
  const arena = createArena({
    plans: { base: planOf('base'), head: planOf('head') },
    token: undefined,
    settleSeconds: 0,
    io,
    workload: parseWorkload({ duration: '0.1s', warmup: 0, batch: 1 }, 'here'),
    tool: 's2-load',
    onTick() {},
    onNote() {},
  })
  const { base, head } = servers
  try {
    for (const [number, first, second] of [
      [0, base, head],
      [1, base, head],
      [2, base, base],
      [3, base, base],
    ] as const) {
      const start = {
        base: 'base',
        head: second === head ? 'head' : 'base',
        number,
        phase: 'compare',
      } as const
      const labels = await arena.open(start, async (sides) => [
        (await sides.base()).target.label,
        (await sides.head()).target.label,
      ])
      expect(labels).toEqual([first.url, second.url])
    }
    expect(started).toEqual(['base', 'head', 'head', 'base', 'base', 'base', 'base', 'base'])
  } finally {
    await base.stop()
    await head.stop()
  }
})
