import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { TruthOptions } from './answers.ts'
import { startTruthServer } from './truth-server.ts'

/**
 * A truth server as a process: `truth-process.ts OPTIONS`, as JSON. It prints its ports, and for each line on its standard
 * input, the name of a file, it writes its log there and says how many rows that has.
 */
const server = await startTruthServer(JSON.parse(process.argv[2] ?? '') as TruthOptions)
process.stdout.write(`${JSON.stringify({ http2Port: server.http2Port, http1Port: server.http1Port })}\n`)
for await (const file of createInterface({ input: process.stdin })) {
  await writeFile(file, server.log.bytes())
  process.stdout.write(`${JSON.stringify({ rows: server.log.rows })}\n`)
}
