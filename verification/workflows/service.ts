import { execFileSync } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Service {
  readonly stop: () => void
}

/** Starts the image as a service container and waits until it is healthy. Resolves to undefined where there is no engine with it. */
export async function startService(image: string, port: number): Promise<Service | undefined> {
  const docker = (...args: readonly string[]): string =>
    execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    docker('image', 'inspect', image)
  } catch {
    return undefined
  }
  const id = docker('run', '--detach', '--publish', `127.0.0.1:${port}:80`, image)
  const stop = (): void => void docker('rm', '--force', '--volumes', id)
  const deadline = Date.now() + 60_000
  while (docker('inspect', '--format', '{{.State.Health.Status}}', id) !== 'healthy') {
    if (Date.now() > deadline) {
      stop()
      throw new Error(`${image} did not become healthy`)
    }
    await sleep(200)
  }
  return { stop }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}
