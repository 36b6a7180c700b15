import { TARGET_OPTIONS } from '../../client/command/target-options.ts'
import { type Command, inGroup, type Option } from '../../kit/cli/command.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { ALLOW_SUSPECT, OUTPUT_OPTIONS } from './output-options.ts'

/** Each is a field of a workload, and stands above what the workload says. */
export const WORKLOAD_OPTIONS: readonly Option[] = inGroup('Workload', [
  { name: 'transport', value: 's2s|h2-proto|h2-json|h1-json', help: 'how appends travel' },
  { name: 'compression', value: 'none|zstd|gzip', help: 'compression of S2S frames' },
  {
    name: 'rate',
    value: 'RATE',
    help: 'appends/s: 100, 5000records/s, 10MiB/s, "poisson 100", "ramp 10..100 in 30s", "burst 100 every 5s"',
  },
  { name: 'closed', value: 'N', help: 'instead of a rate: each writer keeps N appends in flight' },
  { name: 'duration', value: 'TIME', help: 'how long is measured: 10s, 1m30s' },
  { name: 'warmup', value: 'TIME', help: 'load before that, which does not count' },
  { name: 'batch', value: 'N|A..B', help: 'records per batch' },
  {
    name: 'record-size',
    value: 'BYTES|A..B',
    help: 'bytes per body: 100, 64KiB, 100..2000; a file can give weights, or a log-normal distribution',
  },
  { name: 'compressible', value: 'PART', help: 'part of the bytes that compresses, from 0 to 1' },
  { name: 'headers', value: 'N', help: 'headers per record' },
  { name: 'streams', value: 'N', help: 'streams that are written to' },
  { name: 'choice', value: 'uniform|zipf', help: 'which stream the next append goes to' },
  { name: 'writers', value: 'N', help: 'writers per stream' },
  { name: 'readers', value: 'N', help: 'readers at the tail of each stream' },
  { name: 'read-transport', value: 's2s|sse', help: 'how the readers at the tail read' },
  { name: 'read-compression', value: 'none|zstd|gzip', help: 'compression that S2S readers ask for' },
  { name: 'catch-up', value: 'N', help: 'readers per stream that begin when the appends have ended' },
  { name: 'catch-up-transport', value: 's2s|sse', help: 'how the readers that catch up read' },
  { name: 'check-tails', value: 'N', help: 'requests for a tail per second, beside the appends' },
  {
    name: 'connections',
    value: 'N',
    help: 'connections per thread: so many to append, and as many to read; 1, and 64 for h1-json',
  },
  {
    name: 'share-connections',
    help: 'let S2S readers at the tail read over the connections that S2S appends go over',
  },
  {
    name: 'connection-streams',
    value: 'N',
    help: 'streams at a time per connection of HTTP/2; as many as the target takes',
  },
  { name: 'stream-window', value: 'BYTES', help: 'HTTP/2 window of a stream' },
  { name: 'connection-window', value: 'BYTES', help: 'HTTP/2 window of a connection' },
  {
    name: 'in-flight',
    value: 'BYTES',
    help: 'bytes of appends in flight in a thread, beyond which the next waits',
  },
  { name: 'threads', value: 'N', help: 'threads that make the load' },
  {
    name: 'faults',
    value: 'LIST',
    help: 'what happens meanwhile: "cut at 2s, stall 500ms at 3s, delay 20ms for 1s at 5s, pause 1s at 7s, kill at 9s"; see docs/load.md',
  },
  { name: 'pacing', value: 'timer|hybrid|spin', help: 'how a thread waits for the next planned moment' },
  { name: 'seed', value: 'N', help: 'seed for sizes, choices and bytes' },
])

export const run: Command = {
  name: 'run',
  summary: 'makes a load and says how the target took it; without a target, of the reference server on disk',
  operands: '[WORKLOAD.yaml | NAME]',
  options: [
    ...TARGET_OPTIONS,
    ...WORKLOAD_OPTIONS,
    {
      name: 'start-at',
      value: 'TIME',
      help: 'begin the plan then, on this and other machines: 2026-11-25T22:15:00Z',
    },
    { name: 'basin', value: 'NAME', help: 'use this basin and make none' },
    ...OUTPUT_OPTIONS,
    {
      name: 'hlog',
      value: 'FILE',
      isOutput: true,
      help: 'write an interval log there, as HdrHistogram has it, while the load is made',
    },
    {
      name: 'calibration',
      value: 'FILE',
      help: 'calibration of this machine, as calibrate writes it; without it the last one that calibrate has kept',
    },
    ALLOW_SUSPECT,
    { name: 'max-bytes', value: 'BYTES', help: 'refuse to append or read more than this' },
    {
      name: 'second-opinion',
      help: 'let autocannon append as well afterwards, at the same rate; with --transport h1-json, within --max-bytes, needs that package',
    },
    TIME_LIMIT_OPTION,
    { name: 'progress', help: 'say every few seconds how it goes where stderr is no terminal' },
    { name: 'yes', help: 'load a target that is not on this machine without a limit' },
  ],
  examples: [
    'run',
    'run throughput --endpoint http://127.0.0.1:8080',
    "run --launch 's2 lite --port {port}' --rate 500 --batch 1 --duration 30s",
  ],
  async run(given, io) {
    const { act } = await import('./actions/run.ts')
    return await act(given, io)
  },
}
