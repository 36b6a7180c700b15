import { createInterface } from 'node:readline'
import { latencyOf } from '../measure/latency.ts'
import { startTruthServer, type TruthOptions } from './truth-server.ts'

/**
 * A truth server as a process: `truth-process.ts OPTIONS`, as JSON. It prints its ports, and for each line on its standard
 * input the latencies that it has counted since the last one.
 */
const server = await startTruthServer(JSON.parse(process.argv[2] ?? '') as TruthOptions)
process.stdout.write(`${JSON.stringify({ http2Port: server.http2Port, http1Port: server.http1Port })}\n`)
createInterface({ input: process.stdin }).on('line', () => {
  process.stdout.write(`${JSON.stringify(latencyOf(server.taken().snapshot()) ?? null)}\n`)
})
