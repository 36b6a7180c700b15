import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from './measurement.ts'

/** Milliseconds of the median append of 1 KiB to a file with fdatasync after it: the least that an ack can cost here. */
export function bareLoop(seconds: number): { readonly p50: number; readonly p99: number } {
  const directory = mkdtempSync(join(tmpdir(), 's2-bench-'))
  const file = openSync(join(directory, 'log'), 'a')
  const block = Buffer.alloc(1024)
  const latencies: number[] = []
  for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
    const begin = performance.now()
    writeSync(file, block)
    fdatasyncSync(file)
    latencies.push(performance.now() - begin)
  }
  closeSync(file)
  rmSync(directory, { recursive: true })
  latencies.sort((a, b) => a - b)
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
}
