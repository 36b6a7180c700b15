import { readdirSync, readFileSync } from 'node:fs'

/** The most memory in MiB that the process with `--port PORT` on its command line has had; NaN where there is no /proc. */
export function peakMemory(port: string): number {
  for (const pid of processes()) {
    const file = (name: string): string => readFileSync(`/proc/${pid}/${name}`, 'utf8')
    try {
      if (!file('cmdline').includes(`--port\0${port}\0`)) continue
      return Number(/VmHWM:\s+(\d+) kB/.exec(file('status'))?.[1]) / 1024
    } catch {
      // A process that ended meanwhile.
    }
  }
  return Number.NaN
}

function processes(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}
