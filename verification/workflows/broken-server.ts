/**
 * `broken-server.ts --port PORT`: the reference server with wrong tails. A tail above 0 is one too high. In place of a tail of
 * 0 it sends text with workflow commands of GitHub, and it prints the same text.
 */
import { createServer, request } from 'node:http'
import { startReferenceServer } from '../../reference-server/index.ts'
import { ATTACK } from './workflow-command-attack.ts'

process.stdout.write(ATTACK)
process.stderr.write(ATTACK)

const { url } = await startReferenceServer()

createServer((incoming, outgoing) => {
  const { method, headers, url: path = '/' } = incoming
  const forwarded = request(new URL(path, url), { method, headers }, (answer) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => {
      const body = Buffer.concat(chunks)
      const isTail = path.includes('/records/tail')
      const sent = isTail ? Buffer.from(wrongTail(body.toString())) : body
      const { 'transfer-encoding': _, ...kept } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': sent.length })
      outgoing.end(sent)
    })
  })
  incoming.pipe(forwarded)
}).listen(Number(process.argv[3]), '127.0.0.1')

const wrongTail = (body: string): string =>
  body.includes('"seq_num":0,')
    ? ATTACK
    : body.replace(/"seq_num":(\d+)/, (_, seqNum: string) => `"seq_num":${Number(seqNum) + 1}`)
