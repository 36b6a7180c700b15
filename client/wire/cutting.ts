import net from 'node:net'
import { Duplex } from 'node:stream'
import tls from 'node:tls'
import type { Dial } from './dial.ts'
import { lookup } from './lookup.ts'
import type { Spelling } from './spelling.ts'

/** A connection that cuts what is sent on it where the spelling says. `protocol` is asked for where there is TLS. */
export async function connectCutting(
  origin: string,
  protocol: 'http/1.1' | 'h2',
  spelling: Spelling,
  dial?: Dial,
): Promise<Duplex> {
  const { hostname, port, protocol: scheme } = new URL(origin)
  const secure = scheme === 'https:'
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80) }
  const dialled = { ...(dial === undefined ? address : await dial(address)), lookup }
  const servername = net.isIP(address.host) === 0 ? { servername: address.host } : {}
  const socket = secure
    ? tls.connect({ ...dialled, ...servername, ALPNProtocols: [protocol] })
    : net.connect(dialled)
  socket.setNoDelay(true)
  return cutting(socket, spelling)
}

function cutting(socket: net.Socket, { cuts = [], pause }: Spelling): Duplex {
  const places = [...new Set(cuts)].toSorted((one, other) => one - other)
  let sent = 0
  async function send(bytes: Uint8Array): Promise<void> {
    const begin = sent
    sent += bytes.length
    let from = 0
    for (const place of places.filter((each) => each > begin && each <= sent)) {
      await write(socket, bytes.subarray(from, place - begin))
      await pause()
      from = place - begin
    }
    await write(socket, bytes.subarray(from))
  }
  const outer = new Duplex({
    read: () => void socket.resume(),
    write: (bytes: Uint8Array, _encoding, done) => void send(bytes).then(() => done(), done),
    // What waits is sent as one.
    writev: (all, done) =>
      void send(Buffer.concat(all.map(({ chunk }: { readonly chunk: Uint8Array }) => chunk))).then(
        () => done(),
        done,
      ),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (bytes) => void (outer.push(bytes) || socket.pause()))
  socket.once('end', () => outer.push(null))
  socket.once('close', () => outer.push(null))
  // Whoever has answered already may close on what is still sent: the answer stands, if it is whole.
  socket.on('error', (error) => void (socket.bytesRead > 0 ? outer.push(null) : outer.destroy(error)))
  return outer
}

/** Resolves when the bytes have left this process, so that the next ones are no part of the same packet; or are dropped. */
const write = (socket: net.Socket, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (bytes.length === 0 || !socket.writable) resolve()
    else socket.write(bytes, () => resolve())
  })
