import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { hideAssignments } from '../../kit/hide-assignments.ts'
import { messageOf } from '../../kit/message-of.ts'
import { cpuSecondsOf } from './cpu-time.ts'
import { LaunchError } from './launcher.ts'

/** A command with all that it starts, in a process group of its own. */
export interface ProcessGroup {
  signal(name: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void
  /** Resolves with how the command ended, once it has. */
  readonly exited: Promise<string>
  /** The last lines that it wrote, to stdout and stderr. */
  lastLines(): readonly string[]
  /** Of the command and all that it has started; see `cpuSecondsOf`. */
  cpuSeconds(): number | undefined
  /** SIGKILL to whatever of the group is left, the guard included. */
  reap(): void
  /** Listens no longer to what holds our pipes open, though the group has been killed. */
  abandon(): void
}

/**
 * The shell first starts a guard, which reads from us until we are gone, however that came about, and then kills
 * the group. The command itself replaces the shell and reads nothing.
 */
const GUARDED = [
  'exec 3<&0',
  '{ cat <&3 >/dev/null; kill -KILL 0; } >/dev/null 2>&1 &',
  'exec 3<&- </dev/null',
  'exec /bin/sh -c "$1"',
].join('\n')

/** Starts what a shell would be given. */
export async function startProcessGroup(command: string, env: NodeJS.ProcessEnv): Promise<ProcessGroup> {
  const child = spawn('/bin/sh', ['-c', GUARDED, 'sh', command], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
  })
  const pid = await pidOf(child, command)
  const lines = collectLines(child)
  const signal: ProcessGroup['signal'] = (name) => {
    try {
      process.kill(-pid, name)
    } catch {
      // The group is gone already.
    }
  }
  const reap = (): void => signal('SIGKILL')
  process.once('exit', reap)
  const exited = new Promise<string>((resolve) => {
    // Not 'exit': a shell may die of a SIGTERM while the server that it started is still draining.
    child.once('close', (code, name) => {
      process.off('exit', reap)
      reap()
      child.stdin?.destroy()
      resolve(name === null ? `exit code ${code}` : name)
    })
  })
  const abandon = (): void => {
    for (const stream of child.stdio) stream?.destroy()
    child.unref()
  }
  return { signal, exited, lastLines: () => lines, cpuSeconds: () => cpuSecondsOf(pid), reap, abandon }
}

async function pidOf(child: ChildProcess, command: string): Promise<number> {
  // Writing to a guard that is gone is no news.
  child.stdin?.on('error', () => {})
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw new LaunchError(`could not start "${hideAssignments(command)}": ${messageOf(error)}`)
  }
  if (child.pid === undefined) throw new LaunchError(`could not start "${hideAssignments(command)}"`)
  return child.pid
}

const MAX_LINES = 20

function collectLines(child: ChildProcess): readonly string[] {
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    let rest = ''
    stream?.setEncoding('utf8')
    stream?.on('data', (text: string) => {
      const parts = (rest + text).split('\n')
      rest = (parts.pop() ?? '').slice(-1000)
      lines.push(...parts)
      lines.splice(0, lines.length - MAX_LINES)
    })
  }
  return lines
}
