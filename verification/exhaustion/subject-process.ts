import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Held, Question, Reply, SubjectOptions } from './subject.ts'

/** A server in a child process, and what the outside can tell of its memory. */
export interface Subject {
  readonly url: string
  /** Lets garbage be collected first. Rejects if the process is gone. */
  held(): Promise<Held>
  /** Forgets the highest memory so far. */
  resetPeak(): void
  /** Bytes, since the last reset. Zero where the system does not tell. */
  peak(): number
  stop(): Promise<void>
}

export async function startSubject(options: SubjectOptions): Promise<Subject> {
  const child = fork(join(import.meta.dirname, 'subject.ts'), [JSON.stringify(options)], {
    execPath: process.execPath,
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const first = await replyOf(child)
  if (!('url' in first)) throw new Error('the subject did not say where it listens')
  return {
    url: first.url,
    async held() {
      ask(child, 'settle')
      const reply = await replyOf(child)
      if (!('held' in reply)) throw new Error('the subject answered something else')
      return reply.held
    },
    resetPeak: () => writeProc(child, 'clear_refs', '5'),
    peak: () => Number(/VmHWM:\s+(\d+) kB/.exec(readProc(child, 'status'))?.[1] ?? 0) * 1024,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      ask(child, 'stop')
      await gone
    },
  }
}

function ask(child: ChildProcess, question: Question): void {
  child.send(question)
}

/** The next thing that it says. Rejects when it cannot be started or asked, and when it dies before it says anything. */
export function replyOf(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const settle = () => child.off('message', onMessage).off('exit', onExit).off('error', onError)
    const onMessage = (reply: Reply) => {
      settle()
      resolve(reply)
    }
    const onExit = (code: number | null, signal: string | null) => {
      settle()
      reject(new Error(`the subject died: ${signal ?? code}`))
    }
    const onError = (cause: Error) => {
      settle()
      reject(new Error('the subject cannot be reached', { cause }))
    }
    child.on('message', onMessage).on('exit', onExit).on('error', onError)
  })
}

/** The kernel's own account; systems without one measure no peak. */
function readProc({ pid }: ChildProcess, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function writeProc({ pid }: ChildProcess, file: string, text: string): void {
  try {
    writeFileSync(`/proc/${pid}/${file}`, text)
  } catch {
    // Then the peak is that since the start, which is no lower.
  }
}
