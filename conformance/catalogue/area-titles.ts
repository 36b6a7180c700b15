import { areas } from './areas.ts'

const TITLES: Readonly<Record<string, string>> = {
  RTE: 'Routing and requests',
  REC: 'Records',
  APP: 'Append',
  CMD: 'Command records',
  READ: 'Read',
  TAIL: 'Check tail',
  SSE: 'Server-sent events',
  S2S: 'S2S sessions',
  ENC: 'Encryption',
  AUT: 'Lifecycle of streams',
  ERR: 'Errors',
  LIN: 'Linearizability',
  DUR: 'Durability',
  PROP: 'Generated sequences',
  CLI: 'Clients',
  'CP-RT': 'Control plane: requests',
  'CP-BAS': 'Basins',
  'CP-STR': 'Streams',
  'CP-CFG': 'Configuration',
  'CP-TOK': 'Access tokens',
  'CP-MET': 'Metrics',
  'CP-LOC': 'Locations',
  'CP-ERR': 'Control plane: errors',
  'CP-LIM': 'Limits',
  'CP-LITE': 's2-lite',
  'CP-HOST': 'The hosted service',
}

/** What the areas are about, for people, in the catalogue's order. */
export const areaTitles: readonly { readonly id: string; readonly title: string }[] = areas.map(([id]) => ({
  id,
  title: TITLES[id] ?? id,
}))
