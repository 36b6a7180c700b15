import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { TargetPlan } from '../../../client/command/plan-target.ts'
import { UNLIMITED } from '../../../client/command/service-options.ts'
import { withTarget } from '../../../client/command/with-target.ts'
import type { Launcher } from '../../../client/launch/launcher.ts'
import { createProcessLauncher } from '../../../client/launch/process.ts'
import { quietIo as io } from '../../../kit/testing/quiet-io.ts'
import type { LoadResult } from '../../../reports/load/result.ts'
import { loadToText } from '../../../reports/load/text.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import { runLoad } from '../run-load.ts'
import { stopUnderWay, watchLoad } from '../testing/watch-load.ts'

const entry = fileURLToPath(new URL('../../../bin/s2-reference-server.js', import.meta.url))
const PLAN: TargetPlan = {
  isEmbedded: false,
  isAttached: false,
  options: '',
  createLauncher: (env) =>
    createProcessLauncher({ command: `${process.execPath} ${entry} --port {port}`, env: { ...env } }),
}

/** Runs a load whose target is stopped while appends are under way, and then struck. */
async function loadUntil(
  strike: (launcher: Launcher) => Promise<void>,
  fields: WorkloadFields,
): Promise<{ readonly result: LoadResult; readonly notes: readonly string[] }> {
  const given = { warmup: 0, duration: 5, rate: 200, batch: 2, 'record-size': 100, ...fields }
  const workload = parseWorkload(given, 'story')
  const { recorded, notes } = await withTarget(PLAN, { ...UNLIMITED, token: undefined }, io, (target) => {
    const watch = watchLoad()
    void stopUnderWay(target.launcher, watch, fields.closed !== undefined).then(() => strike(target.launcher))
    return runLoad(target, {
      ...{ workload, tool: 's2-load', interrupted: io.interrupted },
      onTick() {},
      onMoment: watch.see,
    })
  })
  return { result: recorded, notes }
}

describe('what was measured of a target that is gone when the load ends is told', () => {
  test.each<[string, WorkloadFields]>([
    ['sessions', { streams: 3, threads: 2 }],
    ['requests over HTTP/2, read by events', { transport: 'h2-proto', 'read-transport': 'sse' }],
    ['requests over HTTP/1.1 that nobody reads', { transport: 'h1-json', readers: 0, 'catch-up': 0 }],
    ['a closed loop', { rate: undefined, closed: 4 }],
  ])('killed under %s', async (_what, fields) => {
    const { result } = await loadUntil((launcher) => launcher.kill(), fields)
    const gone = /^the target at http:\/\/127\.0\.0\.1:\d+ was gone when the load ended: .*ECONN/
    expect(result).toMatchObject({ verdict: 'INVALID', integrity: { verdict: 'incomplete', violations: {} } })
    expect(result.appends.acked).toBeGreaterThan(0)
    expect(result.appends.unknown).toBeGreaterThan(0)
    expect(Object.keys(result.appends.endings)).not.toEqual([])
    expect(result.latencies.response?.count).toBeGreaterThan(0)
    expect(result.reasons[0]).toMatch(gone)
    expect(result.reasonsOf?.[0]).toBe('target')
    expect(result.integrity.notes[0]).toMatch(
      /^the ends of (\d) of \1 streams could not be asked for: the target at http/,
    )
    expect(result.integrity.notes.join()).not.toContain('a reader of')
    expect(loadToText(result)).toMatch(/^INCOMPLETE .*\n {11}the ends of/m)
  })

  test('one that hangs is waited for, and not for long', async () => {
    const { result, notes } = await loadUntil(() => Promise.resolve(), { streams: 2 })
    expect(result).toMatchObject({ verdict: 'INVALID', integrity: { verdict: 'incomplete' } })
    expect(result.appends.unfinished).toBeGreaterThan(0)
    expect(result.reasons[0]).toMatch(
      /^the target at http\S+ did not answer within 10 s when the load ended$/,
    )
    expect(notes.join()).toContain('could not be deleted')
  })
})
