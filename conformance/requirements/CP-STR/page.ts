import type { BasinClient, StreamPage } from '../../../client/basin-client.ts'
import type { CheckContext } from '../../check/context.ts'

export const namesOf = ({ streams }: StreamPage): readonly string[] => streams.map(({ name }) => name)

/** A fresh basin with these streams, made in the order given, once all are listed: that may take a moment. */
export async function newBasinOf(
  { newBasin, expect, eventually }: CheckContext,
  names: readonly string[],
): Promise<BasinClient> {
  const basin = await newBasin()
  for (const name of names) expect.ok(await basin.createStream(name), 201)
  await eventually('the new streams are listed', 30, async () => {
    const page = expect.ok(await basin.listStreams())
    return page.streams.length >= names.length ? true : undefined
  })
  return basin
}
