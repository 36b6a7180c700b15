import { readdirSync } from 'node:fs'
import { Counter, Gauge, type Registry } from 'prom-client'

/**
 * Of the process, under the names that Prometheus' clients agree on. Read when asked and never watched: prom-client's own
 * set would leave an observer of the garbage collector behind for every server that was ever started.
 */
export function addProcessMetrics(registry: Registry): void {
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(cpuSeconds())
    },
  })
  for (const [name, help, read] of PROCESS_METRICS) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const value = read()
        if (value !== undefined) this.set(value)
      },
    })
  }
}

type Reading = readonly [name: string, help: string, read: () => number | undefined]

const PROCESS_METRICS: readonly Reading[] = [
  ['process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss()],
  ['process_start_time_seconds', 'Start of the process in Unix time.', () => performance.timeOrigin / 1000],
  ['process_open_fds', 'Open file descriptors.', openFiles],
  ['nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed],
  ['nodejs_external_memory_bytes', 'Memory outside the heap.', () => process.memoryUsage().external],
  [
    'nodejs_eventloop_utilization',
    'Share of the time since the start in which the event loop was busy.',
    () => performance.eventLoopUtilization().utilization,
  ],
]

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Where the system tells; the descriptor that asks is not counted. */
function openFiles(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length - 1
  } catch {
    return undefined
  }
}
