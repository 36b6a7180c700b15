import { writeFile } from 'node:fs/promises'
import type { Given, Io } from '../../../conformance/cli/command.ts'
import { planTarget, readToken } from '../../../conformance/commands/plan-target.ts'
import { withTarget } from '../../../conformance/commands/with-target.ts'
import { VERSION } from '../../../conformance/version.ts'
import type { LoadResult } from '../../../reports/load/result.ts'
import { loadToText } from '../../../reports/load/text.ts'
import { runLoad } from '../../run/run-load.ts'
import { demandConsent } from '../consent.ts'
import { drawTick } from '../draw-tick.ts'
import { readWorkload } from '../read-workload.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const workload = await readWorkload(given)
  const volume = demandConsent(given, workload)
  if (io.isInteractive) io.err(`${volume}\n`)
  const plan = planTarget(given, io.env, 'on disk')
  const basin = given.text('basin')
  const service = {
    token: await readToken(given, io.env),
    budget: {},
    resolutions: [],
    options: '',
    ...(basin !== undefined && { basin }),
  }
  const { recorded, notes } = await withTarget(plan, service, io, (target) =>
    runLoad(target, {
      workload,
      tool: `s2-load ${VERSION}`,
      interrupted: io.interrupted,
      onTick: (tick) => {
        if (io.isInteractive) io.err(`\r\u001b[K${drawTick(tick, workload)}`)
      },
    }),
  )
  if (io.isInteractive) io.err('\r\u001b[K')
  for (const note of notes) io.err(`s2-load: ${note}\n`)
  io.out(loadToText(recorded))
  for (const path of given.all('json')) await writeFile(path, `${JSON.stringify(recorded, undefined, 1)}\n`)
  return exitCode(recorded, given.flag('allow-suspect'))
}

function exitCode({ verdict, integrity }: LoadResult, allowSuspect: boolean): number {
  if (integrity.verdict === 'violated') return 1
  if (verdict === 'INVALID' || integrity.verdict === 'incomplete') return 3
  return verdict === 'SUSPECT' && !allowSuspect ? 3 : 0
}
