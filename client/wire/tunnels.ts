import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { TargetError } from '../target-error.ts'
import { breakTogether } from './break-together.ts'
import type { Dial } from './dial.ts'
import { decodePercent, type HttpProxy, proxyName } from './proxy.ts'

/** Connections that lead through a proxy. */
export interface Tunnels {
  readonly dial: Dial
  close(): void
}

const SECONDS = 10

/**
 * Opens a tunnel through the proxy to `host:port`. Throws a `TargetError` that names the proxy, where it refuses the
 * tunnel or does not answer within 10 s.
 */
export function openTunnel(proxy: HttpProxy, host: string, port: number): Promise<Socket> {
  const { url } = proxy
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const refused = (why: string, cause?: Error): TargetError =>
    new TargetError('refused', `no connection to ${authority} through ${proxyName(proxy)}: ${why}`, cause)
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      method: 'CONNECT',
      path: authority,
      agent: false,
      headers: { host: authority, ...authorization(url) },
      timeout: SECONDS * 1000,
    })
    request.once('connect', ({ statusCode }, socket: Socket, head) => {
      socket.setTimeout(0)
      if (statusCode !== 200) {
        socket.destroy()
        reject(refused(`it answered ${statusCode}`))
        return
      }
      socket.unshift(head)
      resolve(socket)
    })
    request.once('response', ({ statusCode }) => {
      request.destroy()
      reject(refused(`it answered ${statusCode}`))
    })
    request.once('timeout', () => request.destroy(new Error(`it did not answer in ${SECONDS} s`)))
    request.once('error', (error) => reject(refused(error.message, error)))
    request.end()
  })
}

function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {}
  const credentials = `${decodePercent(username)}:${decodePercent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/**
 * Tunnels for every address that is dialled. The first dial of an address tries a tunnel, so that a proxy that refuses is
 * reported by its own answer; connections then go through a relay on loopback, as HTTP clients dial an address.
 */
export function tunnelsThrough(proxy: HttpProxy): Tunnels {
  const relays = new Map<string, Promise<TunnelRelay>>()
  const open = async (host: string, port: number): Promise<TunnelRelay> => {
    const trial = await openTunnel(proxy, host, port)
    trial.destroy()
    return await openTunnelRelay(() => openTunnel(proxy, host, port))
  }
  return {
    async dial({ host, port }) {
      const key = `${host}:${port}`
      const relay = relays.get(key) ?? open(host, port)
      relays.set(key, relay)
      // A proxy that refused once is asked again.
      relay.catch(() => relays.delete(key))
      return (await relay).address
    },
    close() {
      for (const relay of relays.values())
        relay.then(
          ({ close }) => close(),
          () => {},
        )
    },
  }
}

interface TunnelRelay {
  readonly address: { readonly host: string; readonly port: number }
  close(): void
}

async function openTunnelRelay(tunnel: () => Promise<Socket>): Promise<TunnelRelay> {
  const clients = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    clients.add(client)
    client.once('close', () => clients.delete(client))
    client.on('error', () => {})
    tunnel().then(
      (upstream) => {
        breakTogether({ client, upstream })
        if (client.destroyed) upstream.destroy()
        client.pipe(upstream).pipe(client)
      },
      () => client.resetAndDestroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: { host: '127.0.0.1', port },
    close() {
      server.close()
      for (const client of clients) client.destroy()
    },
  }
}
