import type { Source } from './capture.ts'

const SERVER = 'node bin/s2-reference-server.js --port {port} --cors any'

/** The servers whose answers are examples, the preferred one first. */
export const SOURCES: readonly (Source & { readonly name: string })[] = [
  { name: 'reference server', command: SERVER, profile: 's2-lite', only: [] },
  {
    name: 'reference server as the hosted service',
    command: `S2_ROOT_TOKEN=${'root-token-of-the-examples'} ${SERVER} --auth --flavor hosted`,
    profile: 'hosted',
    token: 'root-token-of-the-examples',
    only: [],
  },
]
