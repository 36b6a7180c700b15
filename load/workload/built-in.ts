import type { WorkloadFields } from './parse.ts'

export interface BuiltIn {
  readonly name: string
  /** The question that it answers. */
  readonly question: string
  readonly fields: WorkloadFields
}

/** Workloads for the common questions. What one leaves out has the default. */
export const BUILT_IN: readonly BuiltIn[] = [
  {
    name: 'default',
    question: 'How long does a small append take, and how long until a reader has it?',
    fields: {},
  },
  {
    name: 'throughput',
    question: 'How many MiB/s does one session take, and how fast are they read back?',
    fields: { closed: 16, batch: 16, 'record-size': '32KiB' },
  },
  {
    name: 'small-records',
    question: 'How many records of 100 bytes per second does one session take?',
    fields: { closed: 16, batch: 1000, 'record-size': 100 },
  },
  {
    name: 'unary',
    question: 'How long does a unary append of one record take?',
    fields: { transport: 'h2-proto', batch: 1, rate: '200/s' },
  },
  {
    name: 'fan-out',
    question: 'How late are a hundred readers of one stream?',
    fields: { rate: '50/s', batch: 1, 'record-size': 256, readers: 100, connections: 4 },
  },
  {
    name: 'many-streams',
    question: 'What becomes of latency when appends go to a thousand streams?',
    fields: { streams: 1000, rate: '1000/s', batch: 1, 'record-size': 256, readers: 0, connections: 10 },
  },
  {
    name: 'popular-streams',
    question: 'And when a few of a hundred streams get most of them?',
    fields: {
      streams: 100,
      choice: 'zipf',
      rate: 'poisson 1000',
      batch: '1..10',
      'record-size': '64..1024',
      readers: 0,
      connections: 4,
    },
  },
  {
    name: 'gate',
    question:
      'Is it slower than before? What "ab" plays unless it is told otherwise: short, and as fast as it goes',
    fields: { closed: 4, duration: '1s', warmup: '0.3s' },
  },
  {
    name: 'recovery',
    question: 'How long until appends are acknowledged again when the server is killed?',
    fields: { duration: '15s', faults: 'kill at 5s' },
  },
  {
    name: 'bursts',
    question: 'How long do two hundred appends take that come at once?',
    fields: { rate: 'burst 200 every 1s', batch: 10 },
  },
]
