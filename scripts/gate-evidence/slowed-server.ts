/**
 * The reference server, in memory, that computes for so many microseconds more over each append: `slowed-server.ts PORT µs`. With 0
 * it is the same program, and as fast as it can be.
 */
import { rules } from '../../reference-server/semantics/rules.ts'
import { createServer } from '../../reference-server/server.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'

const [port = '0', microseconds = '0'] = process.argv.slice(2)
const more = Number(microseconds) / 1000

function compute(milliseconds: number): void {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

const server = await createServer({
  data: { store: await openMemoryStore() },
  rules: {
    ...rules,
    append(...given) {
      compute(more)
      return rules.append(...given)
    },
  },
  options: { port: Number(port) },
})
await server.start()
process.on('SIGTERM', () => void server.stop())
