import { UsageError } from '../../kit/usage-error.ts'
import { type Location, type Locations, PUBLIC_LOCATIONS } from '../semantics/resources/locations.ts'
import { checkLocationName } from '../semantics/resources/names.ts'

const PRIVATE = '=private'

/** The places of a list such as `aws:us-east-1,my-cell=private`; the first is the default. Throws `UsageError`. */
export function parseLocations(text: string | undefined): Locations {
  if (text === undefined) return PUBLIC_LOCATIONS
  const [first, ...others] = text.split(',').map(parseLocation)
  const all = [first, ...others]
  const twice = all.find((one, index) => all.findIndex((other) => other?.name === one?.name) < index)
  if (twice !== undefined) throw new UsageError(`--locations has ${twice.name} more than once`)
  if (first === undefined) throw new UsageError('--locations needs at least one name')
  return [first, ...others]
}

function parseLocation(item: string): Location {
  const isPrivate = item.endsWith(PRIVATE)
  const name = isPrivate ? item.slice(0, -PRIVATE.length) : item
  const misnamed = checkLocationName(name)
  if (misnamed === undefined) return { name, isPrivate }
  throw new UsageError(
    `--locations takes names, each with or without ${PRIVATE}: "${item}" is none, ${misnamed.misnamed}`,
  )
}
