import { spawn } from 'node:child_process'

export interface Finished {
  /** undefined: it was killed, by a signal or because its time was over. */
  readonly code: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

/** There is no such program on this machine. */
export class NoSuchProgram extends Error {
  constructor(program: string) {
    super(`there is no ${program} on this machine`)
    this.name = 'NoSuchProgram'
  }
}

/** Runs a program to its end with all that it starts, and kills them all when the time is over or we end. */
export async function runCommand(
  [program = '', ...args]: readonly string[],
  { cwd, env, seconds }: CommandOptions,
): Promise<Finished> {
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let timedOut = false
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // The group is gone already.
    }
  }
  const timer = setTimeout(() => {
    timedOut = true
    kill()
  }, seconds * 1000)
  process.once('exit', kill)
  try {
    const [stdout, stderr, code] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<number | undefined>((done, failed) => {
        child.once('error', (error) => failed(isMissing(error) ? new NoSuchProgram(program) : error))
        child.once('close', (status) => done(status ?? undefined))
      }),
    ])
    return { code, stdout, stderr, timedOut }
  } finally {
    clearTimeout(timer)
    process.off('exit', kill)
    kill()
  }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  stream.setEncoding('utf8')
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

const isMissing = (error: Error): boolean => 'code' in error && error.code === 'ENOENT'

export interface CommandOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly seconds: number
}
