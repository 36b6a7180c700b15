/** What is published: the same workloads on each of these. Commands as people type them, from the root of the repository. */
export interface PublishedTarget {
  /** Of its files. */
  readonly key: string
  readonly title: string
  readonly launch: string
}

export const TARGETS: readonly PublishedTarget[] = [
  {
    key: 'reference-server',
    title: 'reference server, on disk',
    launch: 'node bin/s2-reference-server.js --port {port} --data-dir {data_dir}',
  },
  {
    key: 's2-lite',
    title: 's2-lite, on disk',
    launch: 's2 lite --port {port} --local-root {data_dir}',
  },
  { key: 's2-lite-memory', title: 's2-lite, in memory', launch: 's2 lite --port {port}' },
]

/** Names of built-in workloads. */
export const WORKLOADS: readonly string[] = ['default', 'unary', 'throughput', 'small-records', 'fan-out']
