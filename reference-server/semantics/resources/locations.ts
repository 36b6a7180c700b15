import { invalid, isRefusal, type Refusal } from '../refusal.ts'

/** A place that basins can be in. A private one is there for this account only. */
export interface Location {
  readonly name: string
  readonly isPrivate: boolean
}

/** At least one; the first is the default until another is chosen. */
export type Locations = readonly [Location, ...Location[]]

/** What the hosted service tells of (CP-LOC-008). */
export const PUBLIC_LOCATIONS: Locations = [
  { name: 'aws:us-east-1', isPrivate: false },
  { name: 'aws:us-west-2', isPrivate: false },
  { name: 'aws:eu-north-1', isPrivate: false },
]

/** Refused as `invalid`: there is none of this name (CP-LOC-006, CP-LOC-009). */
export function findLocation(locations: Locations, name: string): Location | Refusal {
  const names = locations.map((location) => location.name).join(', ')
  return (
    locations.find((location) => location.name === name) ?? invalid(`the location must be one of: ${names}`)
  )
}

/** The one that was chosen, as long as it is there (CP-LOC-003). */
export function defaultLocation(locations: Locations, chosen: string | undefined): Location {
  return locations.find(({ name }) => name === chosen) ?? locations[0]
}

/** The place of a basin, by name; undefined where basins have none. */
export interface Placed {
  readonly place: string | undefined
}

/** What there is to choose from. */
export interface Places {
  readonly locations: Locations
  /** The default that was set last, if any was. */
  readonly chosen: string | undefined
  /** Some flavors know of no places, and do not look at what is asked. */
  readonly placesBasins: boolean
}

/**
 * Where a basin is, or is to be, of which it is asked that it be in this place, or in none that is named. Refused as `invalid`:
 * - A new one goes where it is asked to be, or else to the default: to no other place than there is (CP-BAS-043, CP-LOC-009).
 * - One that is there cannot be moved (CP-BAS-056). It may be asked to be where it is, also where no others go any more.
 */
export function placeOf(
  existing: Placed | undefined,
  asked: string | undefined,
  { locations, chosen, placesBasins }: Places,
): Placed | Refusal {
  if (!placesBasins) return existing ?? { place: undefined }
  if (existing !== undefined) {
    const stays = asked === undefined || asked === existing.place
    return stays ? existing : invalid('the location of a basin cannot be changed')
  }
  const found = asked === undefined ? defaultLocation(locations, chosen) : findLocation(locations, asked)
  return isRefusal(found) ? found : { place: found.name }
}
