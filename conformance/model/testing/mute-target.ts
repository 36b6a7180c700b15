import type { AccountClient } from '../../../client/account-client.ts'
import type { Answer } from '../../../client/answer.ts'
import type { BasinClient } from '../../../client/basin-client.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { DEFAULT_BASIN_CONFIG } from '../../../reference-server/semantics/resources/config.ts'
import { LITE } from '../../../reference-server/semantics/resources/flavor.ts'
import { createExpect } from '../../expect.ts'
import type { Possibility, Run } from '../run.ts'
import { sendStep } from '../run-steps.ts'
import type { Step } from '../step.ts'
import { liveStreamOf } from '../steps/config.ts'

/** A step, and one of the answers that the oracle allows to it. */
export interface AllowedStep {
  readonly step: Step
  readonly expected: Readonly<Record<string, unknown>>
}

const SILENCE: Answer<never> = {
  status: 0,
  headers: {},
  value: undefined,
  error: undefined,
  body: new Uint8Array(0),
}

/** Any method of it answers with nothing. */
function mute<Client extends object>(members: Partial<Client>): Client {
  return new Proxy(members, {
    get: (own, name) => Reflect.get(own, name) ?? (() => Promise.resolve(SILENCE)),
  }) as Client
}

/**
 * What a sequence comes to without any server: of the answers that are allowed the last is taken, which is the one where a
 * trim has come all its way and a deletion is over. Followers are not told of.
 */
export async function allowedAnswers(
  steps: readonly Step[],
  names: readonly string[],
): Promise<readonly AllowedStep[]> {
  const run = imaginedRun(names)
  const told: AllowedStep[] = []
  for (const step of steps) {
    if (step.step === 'catch-up') continue
    const { possibilities } = await sendStep(run, step)
    const last: Possibility | undefined = possibilities.at(-1)
    if (last === undefined) throw new Error(`nothing is allowed as an answer to ${JSON.stringify(step)}`)
    told.push({ step, expected: { ...Object(last.expected) } })
    run.worlds = [last.after]
  }
  return told
}

function imaginedRun(names: readonly string[]): Run {
  const stream = (name: string): StreamClient =>
    mute<StreamClient>({ name, transport: 'protobuf', over: () => stream(name) })
  const basin = { flavor: LITE, basin: DEFAULT_BASIN_CONFIG, slots: [] }
  const isOne = names.length === 1
  return {
    transport: 'protobuf',
    account: mute<AccountClient>({}),
    basin: mute<BasinClient>({ name: 'imagined' }),
    streams: names.map(stream),
    expect: createExpect(() => {}),
    eventually: async (what, _seconds, attempt) => {
      const value = await attempt()
      if (value === undefined) throw new Error(`${what} does not come about`)
      return value
    },
    record: () => {},
    now: () => 1_800_000_000_000n,
    worlds: [
      {
        ...basin,
        slots: names.map(() => (isOne ? { is: 'live', stream: liveStreamOf({}, basin) } : { is: 'absent' })),
      },
    ],
    followers: [],
  }
}
