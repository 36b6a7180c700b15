import { appendFileSync } from 'node:fs'
import { wire } from '../../reference-server/http/wire.ts'
import { rules } from '../../reference-server/semantics/rules.ts'
import { createServer } from '../../reference-server/server.ts'
import { openDiskStore } from '../../reference-server/store/disk.ts'
import type { Fired, Seams } from './defect.ts'
import { defects } from './index.ts'
import { breakSeam } from './server.ts'

/** `launched-main.ts FIRINGS NAME PORT DIRECTORY`: serves until it is told to stop. An empty name is the healthy server. */
const [firings = '', name = '', port = '', directory = ''] = process.argv.slice(2)

/** One byte each, written at once: whatever fired before a kill has been counted. */
const fired: Fired = (value) => {
  appendFileSync(firings, '.')
  return value
}

const healthy: Seams = { rules, wire, store: await openDiskStore(directory) }
const defect = defects.find((each) => each.name === name)
if (name !== '' && defect === undefined) throw new Error(`there is no defect "${name}"`)
const { store, ...parts } = defect === undefined ? healthy : breakSeam(healthy, defect, fired)
const server = await createServer({ ...parts, data: { store }, options: { port: Number(port), cors: 'any' } })
await server.start()

process.on('SIGTERM', async () => {
  await server.stop(10_000)
  process.exit(0)
})
