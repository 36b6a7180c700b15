import { hideAssignments } from '../../kit/hide-assignments.ts'
import { shellQuote } from '../../kit/text/shell-word.ts'
import { type Endpoints, singleEndpoint } from '../endpoints.ts'
import { whyNoStrace } from '../power/strace.ts'
import { disposeWith } from './dispose-with.ts'
import { freePort } from './free-port.ts'
import { answersHealth, awaitHealth } from './health.ts'
import { LaunchError, type Launcher, type WatchedTarget } from './launcher.ts'
import { type ProcessGroup, startProcessGroup } from './process-group.ts'
import { type ProvidedStorage, provideStorage } from './provided-storage.ts'
import { createTurns } from './turns.ts'
import { watch } from './watched.ts'

export interface ProcessOptions {
  /** A shell command; `{port}`, `{data_dir}` and `{bucket}` in it are filled in. */
  readonly command: string
  /** Where the target will be; absent, the command must take `{port}`. */
  readonly endpoints?: Endpoints
  readonly env: NodeJS.ProcessEnv
  readonly readySeconds?: number
  /** Time between SIGTERM and SIGKILL. */
  readonly stopSeconds?: number
  /** Words that go before the shell that runs the command: a tracer. */
  readonly under?: readonly string[]
}

/** What was killed is gone by then, or is out of reach. */
const GONE_SECONDS = 2

/** A target started from a command, on a free port and with storage of its own that ends with it. */
export async function createProcessLauncher(options: ProcessOptions): Promise<Launcher> {
  const { command, endpoints } = options
  if (!command.includes('{port}') && endpoints === undefined) {
    throw new LaunchError('a launched command must take {port}, or its endpoint must be given')
  }
  const storage = await provideStorage(command)
  const launcher = await launch(options, storage)
  return disposeWith(launcher, () => storage.remove())
}

async function launch(options: ProcessOptions, storage: ProvidedStorage): Promise<Launcher> {
  const { readySeconds = 20, stopSeconds = 12 } = options
  const port = options.command.includes('{port}') ? await freePort() : undefined
  const filledIn = fillIn(options.command, port, storage)
  const command = under(options.under ?? [], filledIn)
  const shown = under(options.under ?? [], hideAssignments(filledIn))
  const endpoints = options.endpoints ?? singleEndpoint(`http://127.0.0.1:${port}`)

  let group: ProcessGroup | undefined
  let death: string | undefined

  const spawn = async (signal: AbortSignal): Promise<ProcessGroup> => {
    if (await answersHealth(endpoints, signal)) {
      throw new LaunchError(`something already answers at ${endpoints.label}: stop it, or launch with {port}`)
    }
    signal.throwIfAborted()
    const started = await startProcessGroup(command, { ...options.env, ...storage.env })
    void started.exited.then((how) => {
      if (group !== started) return
      group = undefined
      death = `"${shown}" ended with ${how}${lastWords(started)}`
    })
    return started
  }
  const start = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted()
    death = undefined
    group ??= await spawn(signal)
    const running = group
    const isReady = await awaitHealth(endpoints, readySeconds, signal, () => death !== undefined)
    if (!isReady) throw new LaunchError(death ?? notReady(shown, endpoints, readySeconds, running))
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ending = group
    if (ending === undefined) return
    group = undefined
    ending.signal(signal)
    // A paused process hears a SIGTERM only once it goes on.
    if (signal === 'SIGTERM') ending.signal('SIGCONT')
    if (await within(signal === 'SIGKILL' ? GONE_SECONDS : stopSeconds, ending.exited)) return
    ending.reap()
    if (await within(GONE_SECONDS, ending.exited)) return
    ending.abandon()
    throw new LaunchError(
      `something that "${shown}" started has left its process group, outlives it and must be ended by hand`,
    )
  }
  const inTurn = createTurns()

  return {
    kind: 'process',
    endpoints,
    forgets: storage.forgets,
    storage: storage.switch,
    dataDirectory: storage.dataDirectory,
    start: (signal) => inTurn(() => start(signal)),
    kill: () => inTurn(() => end('SIGKILL')),
    pause: async () => group?.signal('SIGSTOP'),
    continue: async () => group?.signal('SIGCONT'),
    stop: () => inTurn(() => end('SIGTERM')),
    second() {
      if (port !== undefined) return launch(options, storage)
      throw new LaunchError('the launched command takes no {port}, so that no second one can be started')
    },
    unwatchable:
      storage.dataDirectory === undefined ? 'the launched command takes no {data_dir}' : whyNoStrace(),
    watch: () => watchAnother(options),
    dispose: () => inTurn(() => end('SIGTERM')),
    cpuSeconds: () => group?.cpuSeconds(),
    get death() {
      return death
    },
  }
}

/** A start takes long when every call is watched. */
const WATCHED_SECONDS = 60

async function watchAnother(options: ProcessOptions): Promise<WatchedTarget> {
  const own = await provideStorage(options.command)
  const watched = await watch((under) => launch({ ...options, under, readySeconds: WATCHED_SECONDS }, own))
  return { ...watched, dispose: () => watched.dispose().finally(() => own.remove()) }
}

function fillIn(command: string, port: number | undefined, storage: ProvidedStorage): string {
  return command
    .replaceAll('{port}', String(port))
    .replaceAll('{data_dir}', shellQuote(storage.dataDirectory ?? ''))
    .replaceAll('{bucket}', storage.bucket)
}

const under = (words: readonly string[], command: string): string =>
  words.length === 0 ? command : ['exec', ...[...words, '/bin/sh', '-c', command].map(shellQuote)].join(' ')

const notReady = (command: string, endpoints: Endpoints, seconds: number, group: ProcessGroup): string =>
  `"${command}" did not answer GET /health at ${endpoints.label} within ${seconds} s${lastWords(group)}`

function lastWords(group: ProcessGroup): string {
  const lines = group.lastLines()
  return lines.length === 0
    ? ', without a word'
    : `; its last lines were:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

/** Whether `promise` settles within these seconds. */
async function within(seconds: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), seconds * 1000)
  })
  try {
    return await Promise.race([promise.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
