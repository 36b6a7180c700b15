import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Runs snippets by name. */
export interface Driver extends AsyncDisposable {
  /** Runs one snippet to its end. Rejects with its error, or when it takes too long. */
  call(name: string): Promise<void>
}

export interface DriverOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly seconds: number
}

/** Starts a program that reads names of snippets and prints `done NAME` or `failed NAME: MESSAGE`. */
export function startDriver(words: readonly string[], { cwd, env, seconds }: DriverOptions): Driver {
  const [program = '', ...args] = words
  const child = spawn(program, args, { cwd, env, stdio: 'pipe' })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const errors = lastOf(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)

  async function outcomeOf(name: string): Promise<string> {
    for (;;) {
      const { value, done } = await lines.next()
      if (done === true) throw new Error(`the program ended during ${name}: ${errors()}`)
      if (value === `done ${name}` || value.startsWith(`failed ${name}`)) return value
    }
  }
  return {
    async call(name) {
      const timer = setTimeout(kill, seconds * 1000)
      try {
        child.stdin.write(`${name}\n`)
        const outcome = await outcomeOf(name)
        if (outcome.startsWith('failed')) throw new Error(`${outcome} ${errors()}`)
      } finally {
        clearTimeout(timer)
      }
    },
    async [Symbol.asyncDispose]() {
      kill()
      process.off('exit', kill)
      await ended
    },
  }
}

/** The end of what a program printed on stderr. */
function lastOf(child: ChildProcessWithoutNullStreams): () => string {
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-1000)
  })
  child.once('error', (error) => {
    text = error.message
  })
  child.stdin.on('error', () => {})
  return () => text
}
