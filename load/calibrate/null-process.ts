import { createNullBatches } from './null-batches.ts'
import { startNullServer } from './null-server.ts'

/** A null server as a process: `null-process.ts TAG SEED RECORDS BYTES`; it prints its port. */
const [tag = 0, seed = 0, records = 1, bytes = 32] = process.argv.slice(2).map(Number)
const { port } = await startNullServer(() => createNullBatches({ tag, seed, records, bytes }))
process.stdout.write(`${port}\n`)
