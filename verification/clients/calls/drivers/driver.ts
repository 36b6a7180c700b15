/**
 * Runs snippets of the TypeScript SDK by name: reads one name a line, imports the file of that name from the folder in
 * the first argument, and prints `done NAME` or `failed NAME: MESSAGE`.
 */
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const folder = process.argv[2] ?? ''
for await (const name of createInterface({ input: process.stdin })) {
  try {
    await import(String(pathToFileURL(`${folder}/${name}.ts`)))
    process.stdout.write(`done ${name}\n`)
  } catch (error) {
    process.stdout.write(`failed ${name}: ${String(error).replaceAll('\n', ' ')}\n`)
  }
}
process.exit(0)
