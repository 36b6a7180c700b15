import type { StoreDefect } from '../defect.ts'
import { recalledStream } from './recalled.ts'

export const restartForgetsTheRequestToken: StoreDefect = {
  name: 'restart-forgets-the-request-token',
  seam: 'store',
  only: 'crash',
  kills: ['CP-LITE-007'],
  story: 'After a restart the creation of a stream can no longer be repeated with its token.',
  apply: (store, fired) => ({
    ...store,
    get: recalledStream(store, (stream) =>
      stream.creationKey === undefined ? stream : fired({ ...stream, creationKey: undefined }),
    ),
  }),
}
