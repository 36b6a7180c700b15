import { inGroup, type Option } from '../../kit/cli/command.ts'

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

/** The rate is what is sought. */
export const GIVEN_OPTIONS: readonly Option[] = WORKLOAD_OPTIONS.filter(
  ({ name }) => name !== 'rate' && name !== 'closed',
)
