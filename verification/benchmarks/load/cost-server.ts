import { UNLIMITED } from '../../../client/command/service-options.ts'
import { withTarget } from '../../../client/command/with-target.ts'
import { createProcessLauncher } from '../../../client/launch/process.ts'
import { quietIo } from '../../../kit/testing/quiet-io.ts'
import type { Without } from '../../../load/run/engine/messages.ts'
import { runLoad } from '../../../load/run/run-load.ts'
import { parseWorkload, type WorkloadFields } from '../../../load/workload/parse.ts'
import { quietEnvironment } from '../../clients/workshop.ts'

/** A server that keeps what it is given, and so does a thousand times more for a record than the null server. */
const COMMAND = 'exec node bin/s2-reference-server.js --port {port}'

/** Records per second that a load reaches against the reference server in memory, appended and caught up with. */
export async function ratesOnServer(
  fields: WorkloadFields,
  without?: Without,
): Promise<Readonly<Record<'appended' | 'caughtUp', number>>> {
  const workload = parseWorkload(fields, 'cost')
  const plan = {
    isEmbedded: false,
    isAttached: false,
    options: '',
    createLauncher: () => createProcessLauncher({ command: COMMAND, env: quietEnvironment() }),
  } as const
  const service = { ...UNLIMITED, token: undefined }
  const { recorded } = await withTarget(plan, service, quietIo, (target) =>
    runLoad(target, {
      workload,
      tool: 's2-load',
      interrupted: quietIo.interrupted,
      onTick() {},
      ...(without !== undefined && { without }),
    }),
  )
  return {
    appended: recorded.appends.perSecond.records,
    caughtUp: recorded.catchUp?.perSecond?.records ?? Number.NaN,
  }
}
