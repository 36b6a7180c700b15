import type { Answer } from '../../../client/answer.ts'
import type { StreamPage } from '../../../client/basin-client.ts'
import { deepEqual } from '../../../kit/deep-equal.ts'
import { page } from '../../../reference-server/semantics/access/listing.ts'
import { compareNames } from '../../../reference-server/semantics/resources/names.ts'
import type { Answered, Possibility, Run } from '../run.ts'
import type { ListStep } from '../step.ts'
import type { World } from '../world.ts'
import { judged, nameOf } from './config.ts'

/** Lists the sequence's own names, which all begin alike. */
export async function list(run: Run, step: ListStep): Promise<Answered> {
  const request = {
    prefix: prefixOf(run, step),
    startAfter: step.startAfter === undefined ? '' : nameOf(run, step.startAfter),
    limit: step.limit,
  }
  const { prefix, startAfter, limit } = request
  const answer = await run.basin.listStreams({
    prefix,
    ...(startAfter !== '' && { start_after: startAfter }),
    ...(limit !== undefined && { limit }),
  })
  const asked = { prefix, startAfter, limit: limit === undefined ? undefined : BigInt(limit) }
  return judged(run, answer, (world) =>
    listings(world, run).map((names): Possibility => {
      const { items, hasMore } = page(
        names.map((name) => ({ name })),
        asked,
      )
      const wanted = { streams: items.map(({ name }) => name), has_more: hasMore }
      return { expected: { status: 200, ...wanted }, fits: isListed(answer, wanted), after: world }
    }),
  )
}

const isListed = ({ status, value }: Answer<StreamPage>, wanted: object): boolean =>
  status === 200 &&
  value !== undefined &&
  deepEqual({ streams: value.streams.map(({ name }) => name), has_more: value.has_more }, wanted)

/** The characters that all names of a sequence have in common end with a hyphen. */
function prefixOf(run: Run, { prefix }: ListStep): string {
  const name = nameOf(run, prefix?.stream ?? 0)
  const common = name.slice(0, name.lastIndexOf('/') + 1)
  if (prefix === undefined) return common
  const rest = [...name.slice(common.length)]
  return common + rest.slice(0, Math.max(0, rest.length - prefix.cut)).join('')
}

/** A stream that is being deleted is listed until it is gone (CP-STR-012). */
function listings({ slots }: World, run: Run): readonly (readonly string[])[] {
  let names: readonly (readonly string[])[] = [[]]
  for (const [index, { is }] of slots.entries()) {
    const name = nameOf(run, index)
    if (is === 'live') names = names.map((listed) => [...listed, name])
    if (is === 'deleting') names = names.flatMap((listed) => [[...listed, name], listed])
  }
  return names.map((listed) => listed.toSorted(compareNames))
}
