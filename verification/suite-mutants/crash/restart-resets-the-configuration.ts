import { SYSTEM_STREAM_CONFIG } from '../../../reference-server/semantics/resources/config.ts'
import type { StoreDefect } from '../defect.ts'
import { recalledStream } from './recalled.ts'

export const restartResetsTheConfiguration: StoreDefect = {
  name: 'restart-resets-the-configuration',
  seam: 'store',
  only: 'crash',
  kills: ['CP-LITE-007', 'DUR-012'],
  story: 'After a restart a stream has the defaults of the system.',
  apply: (store, fired) => ({
    ...store,
    get: recalledStream(store, (stream) => fired({ ...stream, config: SYSTEM_STREAM_CONFIG })),
  }),
}
