import { randomUUID } from 'node:crypto'
import type { ContainerRuntimeClient, WaitStrategy } from 'testcontainers'
import { hideAssignments } from '../../kit/hide-assignments.ts'
import { messageOf } from '../../kit/message-of.ts'
import { singleEndpoint } from '../endpoints.ts'
import { lastLinesOf } from './container-log.ts'
import { disposeWith } from './dispose-with.ts'
import { freePort } from './free-port.ts'
import { answersHealth, awaitHealth } from './health.ts'
import { LaunchError, type Launcher } from './launcher.ts'
import { createTurns } from './turns.ts'

export interface ContainerOptions {
  /** An image and its arguments, in words; `{port}` and `{data_dir}` in them are filled in. */
  readonly command: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly readySeconds?: number
  /** Time between SIGTERM and SIGKILL. */
  readonly stopSeconds?: number
}

/** Inside the container. */
const PORT = 8080
const DATA = '/data'

type Testcontainers = typeof import('testcontainers')
type Container = ReturnType<ContainerRuntimeClient['container']['getById']>

/** A target in a container of an image that is there, on a volume of its own that ends with it. */
export async function createContainerLauncher(options: ContainerOptions): Promise<Launcher> {
  if (!options.command.includes('{port}')) throw new LaunchError('a container must be told its {port}')
  const library = await loadTestcontainers()
  const volume = `s2-conformance-${randomUUID()}`
  const launcher = await launch(options, library, volume)
  return disposeWith(launcher, async () => {
    const { container } = await library.getContainerRuntimeClient()
    await container.dockerode.getVolume(volume).remove()
  })
}

/** An optional peer of this package: whoever wants containers installs it. */
async function loadTestcontainers(): Promise<Testcontainers> {
  // Its reaper is an image that would have to be fetched; what is started here is disposed of here.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
  try {
    const library = await import('testcontainers')
    await library.getContainerRuntimeClient()
    return library
  } catch (error) {
    const why = messageOf(error).split('\n')[0]
    throw new LaunchError(`--container needs the package testcontainers and a Docker engine: ${why}`)
  }
}

async function launch(options: ContainerOptions, library: Testcontainers, volume: string): Promise<Launcher> {
  const { readySeconds = 30, stopSeconds = 12 } = options
  const port = await freePort()
  const endpoints = singleEndpoint(`http://127.0.0.1:${port}`)
  let running: Container | undefined
  let death: string | undefined

  const create = async (signal: AbortSignal): Promise<Container> => {
    if (await answersHealth(endpoints, signal))
      throw new LaunchError(`something already answers at ${endpoints.label}`)
    signal.throwIfAborted()
    const container = await run(options, library, { port, volume })
    container.wait().then(
      async ({ StatusCode }: { readonly StatusCode: number }) => {
        if (running !== container) return
        const lastLines = await lastLinesOf(container)
        if (running !== container) return
        running = undefined
        death = `the container of "${hideAssignments(options.command)}" ended with exit code ${StatusCode}${lastLines}`
        await container.remove({ force: true })
      },
      () => {},
    )
    return container
  }
  const start = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted()
    death = undefined
    running ??= await create(signal)
    const isReady = await awaitHealth(endpoints, readySeconds, signal, () => death !== undefined)
    if (!isReady) {
      throw new LaunchError(
        death ?? `"${hideAssignments(options.command)}" did not answer GET /health within ${readySeconds} s`,
      )
    }
  }
  const end = async (how: (container: Container) => Promise<unknown>): Promise<void> => {
    const ending = running
    if (ending === undefined) return
    running = undefined
    await how(ending)
    await ending.remove({ force: true })
  }
  const stop = (): Promise<void> => end((container) => stopContainer(container, stopSeconds))
  const inTurn = createTurns()

  return {
    kind: 'container',
    endpoints,
    dataDirectory: undefined,
    forgets: options.command.includes('{data_dir}') ? undefined : 'the container takes no {data_dir}',
    storage: undefined,
    unwatchable: 'what a container writes cannot be watched from outside: use --launch',
    start: (signal) => inTurn(() => start(signal)),
    kill: () => inTurn(() => end((container) => container.kill())),
    pause: async () => void (await running?.pause()),
    continue: async () => {
      if ((await running?.inspect())?.State.Paused) await running?.unpause()
    },
    stop: () => inTurn(stop),
    second: () => launch(options, library, volume),
    watch: () => Promise.reject(new LaunchError('a container cannot be watched')),
    dispose: () => inTurn(stop),
    cpuSeconds: () => undefined,
    get death() {
      return death
    },
  }
}

/** A paused container does not receive the signal to stop. */
async function stopContainer(container: Container, seconds: number): Promise<void> {
  const { State } = await container.inspect()
  if (State.Paused) await container.unpause()
  await container.stop({ t: seconds })
}

/** Whether it is ready is asked from outside, and may be given up. */
const NO_WAIT: WaitStrategy = {
  waitUntilReady: () => Promise.resolve(),
  withStartupTimeout: () => NO_WAIT,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
}

/** Created and started. */
async function run(
  { command, env }: ContainerOptions,
  { GenericContainer, getContainerRuntimeClient }: Testcontainers,
  { port, volume }: { readonly port: number; readonly volume: string },
): Promise<Container> {
  const [image = '', ...args] = command
    .replaceAll('{port}', String(PORT))
    .replaceAll('{data_dir}', DATA)
    .split(/\s+/)
  const tokens = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith('S2_') && value !== undefined ? [[name, value]] : [],
  )
  const started = await new GenericContainer(image)
    .withCommand(args)
    .withEnvironment(Object.fromEntries(tokens))
    .withBindMounts([{ source: volume, target: DATA }])
    .withExposedPorts({ container: PORT, host: port })
    .withWaitStrategy(NO_WAIT)
    .start()
  const client = await getContainerRuntimeClient()
  return client.container.getById(started.getId())
}
