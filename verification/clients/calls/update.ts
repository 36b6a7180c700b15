import { writeFileSync } from 'node:fs'
import { CALL_CLIENTS } from '../../../conformance/spec/calls/clients.ts'
import { CALL_OPERATIONS } from '../../../conformance/spec/calls/operations.ts'
import { readSentCalls, SENT_CALLS_FILE, type SentCall } from '../../../conformance/spec/calls/sent-calls.ts'
import type { Workshop } from '../workshop.ts'
import { runCalls } from './index.ts'
import { LANGUAGES } from './languages.ts'

/** Writes how the clients that run here send each call; what the file has of others stays. */
export async function updateSentCalls(workshop: Workshop): Promise<void> {
  const committed = readSentCalls()
  const sent = new Map<string, SentCall>()
  for (const language of LANGUAGES) {
    if ((await language.needs(workshop)) !== undefined) continue
    await runCalls(language, workshop, ({ name }, call) => sent.set(`${name} ${language.name}`, call))
  }
  const calls = CALL_OPERATIONS.map(({ name, missing }) => {
    const ofClients = CALL_CLIENTS.filter((client) => missing?.[client.name] === undefined).map(
      (client) =>
        [client.name, sent.get(`${name} ${client.name}`) ?? committed[name]?.[client.name]] as const,
    )
    return `  ${JSON.stringify(name)}: ${JSON.stringify(Object.fromEntries(ofClients))}`
  })
  writeFileSync(SENT_CALLS_FILE, `{\n${calls.join(',\n')}\n}\n`)
}
