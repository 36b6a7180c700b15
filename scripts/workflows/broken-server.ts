/** `broken-server.ts --port PORT`: the reference server, with one added to the sequence number of each tail. */
import { createServer, request } from 'node:http'
import { startReferenceServer } from '../../reference-server/index.ts'

const { url } = await startReferenceServer()

createServer((incoming, outgoing) => {
  const { method, headers, url: path = '/' } = incoming
  const forwarded = request(new URL(path, url), { method, headers }, (answer) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => {
      const body = Buffer.concat(chunks)
      const isTail = path.includes('/records/tail')
      const sent = isTail ? Buffer.from(addOne(body.toString())) : body
      const { 'transfer-encoding': _, ...kept } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': sent.length })
      outgoing.end(sent)
    })
  })
  incoming.pipe(forwarded)
}).listen(Number(process.argv[3]), '127.0.0.1')

const addOne = (body: string): string =>
  body.replace(/"seq_num":(\d+)/, (_, seqNum: string) => `"seq_num":${Number(seqNum) + 1}`)
