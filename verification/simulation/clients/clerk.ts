import { ROOT } from '../../../reference-server/semantics/access/access-token.ts'
import { isRefusal, type Refusal } from '../../../reference-server/semantics/refusal.ts'
import { PUBLIC_LOCATIONS } from '../../../reference-server/semantics/resources/locations.ts'
import { tokenOf } from '../../../reference-server/testing/test-token.ts'
import { ask, isDone, pause } from '../world.ts'
import type { ClientParts } from './writer.ts'

/** Issues and revokes access tokens, and sets the default location; nobody else does. What was answered stays so. */
export class Clerk {
  readonly #parts: Omit<ClientParts, 'stream'>
  /** Secrets of tokens that are valid for certain, and of those that certainly are not any more. */
  readonly #valid: Map<string, string> = new Map()
  readonly #revoked: Set<string> = new Set()
  /** Names that the default location may have: the last that was set, and those sent since without an answer. */
  #locations: readonly string[] = [PUBLIC_LOCATIONS[0].name]
  #issued = 0

  constructor(parts: Omit<ClientParts, 'stream'>) {
    this.#parts = parts
  }

  async work(): Promise<void> {
    const { world, chance, client, operations } = this.#parts
    for (let index = 0; index < operations && !world.over(); index++) {
      await pause(world, chance.delay(4_000), `clerk ${client}`)
      await world.machine.up()
      this.look()
      switch (chance.weighted({ issue: 3, revoke: 2, move: 1 })) {
        case 'issue':
          await this.#issue()
          break
        case 'revoke':
          await this.#revoke()
          break
        case 'move':
          await this.#move()
          break
      }
      this.look()
    }
  }

  /** Whether the server that runs now knows of everything what it was told. */
  look(): void {
    const { machine, report } = this.#parts.world
    const { running } = machine
    if (running === undefined) return
    const { backend } = running
    for (const [secret, id] of this.#valid) {
      if (backend.authenticate(secret) === undefined) report({ judge: 'tokens', what: `${id} is not valid` })
    }
    for (const secret of this.#revoked) {
      if (backend.authenticate(secret) !== undefined)
        report({ judge: 'tokens', what: 'a revoked token is valid' })
    }
    const { name } = backend.defaultLocation()
    if (!this.#locations.includes(name)) {
      const what = `the default location is ${name}, where ${this.#locations.join(' or ')} was set`
      report({ judge: 'configuration', what })
    } else this.#locations = this.#locations.slice(this.#locations.indexOf(name))
  }

  async #issue(): Promise<void> {
    const id = this.#nameOf(this.#issued++)
    const answer = await ask(this.#parts.world, (backend) => backend.issueAccessToken(ROOT, tokenOf(id)))
    if (answer !== 'died' && !isRefusal(answer)) this.#valid.set(answer.secret, id)
  }

  /** All that may be there, known to be valid or not. */
  async revokeAll(): Promise<void> {
    this.#valid.clear()
    for (let number = 0; number < this.#issued; number++) await this.#revokeToken(this.#nameOf(number))
  }

  async #revoke(): Promise<void> {
    const [first] = this.#valid
    if (first === undefined) return
    const [secret, id] = first
    this.#valid.delete(secret)
    await this.#revokeToken(id)
    this.#revoked.add(secret)
  }

  /** Until it is answered. */
  async #revokeToken(name: string): Promise<void> {
    const { world, chance } = this.#parts
    const { id } = tokenOf(name)
    for (;;) {
      const answer = await ask(world, (backend) => backend.revokeAccessToken(id))
      if (isDone(answer) || isNotFound(answer)) return
      await pause(world, chance.delay(3_000), 'revokes again')
    }
  }

  readonly #nameOf = (number: number): string => `token-${number}`

  async #move(): Promise<void> {
    const { world, chance } = this.#parts
    const { name } = chance.oneOf(PUBLIC_LOCATIONS)
    this.#locations = [...this.#locations, name]
    const answer = await ask(world, (backend) => backend.setDefaultLocation(name))
    if (isDone(answer)) this.#locations = [name]
  }
}

const isNotFound = (answer: Refusal | undefined | 'died'): boolean =>
  answer !== 'died' && answer?.refusal === 'error' && answer.code === 'access_token_not_found'
