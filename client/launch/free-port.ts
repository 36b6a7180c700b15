import { createServer } from 'node:net'
import { LaunchError } from './launcher.ts'

/** A port that was free a moment ago; nothing better can be promised. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new LaunchError('no free port was found')
  return address.port
}
