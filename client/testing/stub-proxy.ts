import http from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface StubProxy {
  readonly url: string
  /** What was asked for with CONNECT, in order. */
  readonly tunnels: readonly { readonly authority: string; readonly authorization: string | undefined }[]
  close(): Promise<void>
}

/** An HTTP proxy on a free port: every tunnel leads to the same port of this machine, unless `status` refuses it. */
export async function startStubProxy(port: number, status = 200): Promise<StubProxy> {
  const tunnels: { authority: string; authorization: string | undefined }[] = []
  const sockets = new Set<Socket>()
  const server = http.createServer()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('connect', ({ url = '', headers }, client, head) => {
    tunnels.push({ authority: url, authorization: headers['proxy-authorization'] })
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      socket.on('error', () => {})
      socket.once('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.write('HTTP/1.1 200 OK\r\n\r\n')
    upstream.write(head)
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
