import type { Answer } from '../../../client/answer.ts'
import type { BasinInfoBody } from '../../../client/config-bodies.ts'
import type { CheckContext } from '../../check/context.ts'
import { demandOverlap, type Timed, timed } from '../../check/overlap.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { effectiveBasin } from '../CP-CFG/effective.ts'
import { basinInfo } from '../during-deletion.ts'
import { timeOf } from '../times.ts'
import { configOf } from './served.ts'

const LOST = [
  [409, 'resource_already_exists'],
  [409, 'transaction_conflict'],
] as const

const CLIENTS = [1, 2, 3, 4, 5, 6, 7, 8]

const isSuccess = ({ status }: Answer<unknown>): boolean => status === 200 || status === 201

export const concurrency: readonly Requirement[] = [
  requirement('CP-BAS-040', 'Concurrent creates', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const all: Timed<unknown>[] = []
    const race = async (
      name: string,
      options: (client: number) => { age: number; requestToken?: string },
    ) => {
      const attempts = await Promise.all(
        CLIENTS.map((client) => {
          const { age, ...token } = options(client)
          const config = { default_stream_config: { retention_policy: { age } } }
          return timed(context, client, () => account.createBasin(name, config, token))
        }),
      )
      all.push(...attempts)
      return attempts.map(({ value }) => value)
    }

    const name = newBasinName()
    const tokenless = await race(name, (client) => ({ age: 60 + client }))
    for (const answer of tokenless.filter((each) => !isSuccess(each))) expect.refusedAs(answer, LOST)
    expect.equal(tokenless.filter(isSuccess).length, 1, 'creations that succeeded')
    expect.equal(tokenless.find(isSuccess)?.status, 201, 'status of the creation that succeeded')
    const age = 60n + BigInt(tokenless.findIndex(isSuccess) + 1)
    const { default_stream_config: defaults } = await configOf(context, name)
    expect.equal(defaults?.retention_policy, { age }, 'retention of the creation that succeeded')

    const alike = await race(newBasinName(), () => ({ age: 60, requestToken: 'same' }))
    for (const answer of alike.filter((each) => !isSuccess(each))) expect.refusedAs(answer, LOST)
    const succeeded = alike.filter(isSuccess)
    const created = succeeded.filter(isCreation)
    // Both are said of what had been done before (CP-BAS-033).
    for (const answer of succeeded) expect.status(answer, ...(isCreation(answer) ? [201] : [200, 201]))
    expect.equal(created.length, 1, 'answers that say "created"')
    const times = succeeded.map(({ value }) => timeOf(expect, value?.created_at))
    expect.equal(new Set(times).size, 1, 'times of creation that were told')
    demandOverlap(context, all)
  }),

  requirement('CP-BAS-046', 'Existence is visible at once', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect } = context
    const all: Timed<unknown>[] = []
    for (let round = 0; round < 4; round += 1) {
      const name = newBasinName()
      const claim = async (client: number): Promise<boolean> => {
        const ensures = client % 2 === 0
        const attempt = await timed(context, client, () =>
          ensures ? account.ensureBasin(name) : account.createBasin(name),
        )
        all.push({ ...attempt, client: client + 10 * round })
        if (attempt.value.error?.code === 'transaction_conflict') return false
        if (isSuccess(attempt.value)) {
          expect.ok(attempt.value, ensures && !isCreation(attempt.value) ? 200 : 201)
        }
        await expectVisible(context, name, attempt.value)
        return true
      }
      const claims = await Promise.all(CLIENTS.map(claim))
      expect.that(claims.includes(true), 'somebody is told that the basin exists', claims)
    }
    demandOverlap(context, all)
  }),

  requirement('CP-BAS-076', 'Concurrent reconfiguration', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect, record } = context
    const { name } = await newBasin()
    const ages = CLIENTS.map((client) => 60n + BigInt(client))
    const changes = await Promise.all(
      ages.map((age, client) => {
        const config = { default_stream_config: { retention_policy: { age } } }
        return timed<Answer<object>>(context, client, () =>
          client % 2 === 0 ? account.reconfigureBasin(name, config) : account.ensureBasin(name, { config }),
        )
      }),
    )
    const refused = changes.filter(({ value }) => value.status !== 200)
    for (const { value } of refused) expect.refused(value, 409, 'transaction_conflict')
    record(`${refused.length} of ${changes.length} changes at once were refused as conflicts`)
    const config = effectiveBasin(expect.ok(await account.getBasinConfig(name)))
    const { default_stream_config: defaults } = config
    const possible = ages.filter((_, client) => changes[client]?.value.status === 200)
    const { retention_policy: retention } = defaults
    expect.that(
      'age' in retention && possible.includes(retention.age),
      `the age of a change that succeeded: ${possible.join(', ')}`,
      retention,
    )
    record(`the change that stayed: ${'age' in retention ? retention.age : 'none'}`)
    const whole = effectiveBasin({ default_stream_config: { retention_policy: retention } })
    expect.equal(config, whole, 'the configuration, in which nothing else has changed')
    demandOverlap(context, changes)
  }),
]

/** A 201 says that it was made just now, unless the header says that nothing was done (CP-BAS-033). */
const isCreation = ({ status, headers }: Answer<unknown>): boolean =>
  status === 201 && headers['s2-provision-result'] !== 'noop'

/** Whoever was told that the basin exists finds it, or is told to come back shortly (CP-BAS-045). */
async function expectVisible(
  context: CheckContext,
  name: string,
  told: Answer<BasinInfoBody>,
): Promise<void> {
  const { account, expect, newStreamName } = context
  if (!isSuccess(told)) expect.refused(told, 409, 'resource_already_exists')
  const [config, info, stream] = await Promise.all([
    account.getBasinConfig(name),
    basinInfo(context, name),
    account.basin(name).createStream(newStreamName()),
  ])
  expect.status(config, 200, 503)
  expect.status(stream, 201, 503)
  expect.equal(info?.name, name, 'name in the listing')
}
