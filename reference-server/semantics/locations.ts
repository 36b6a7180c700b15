import { invalid, isRefusal, type Refusal } from './refusal.ts'

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

/** The place of a new basin, by name; undefined where basins have none. */
export interface Placed {
  readonly place: string | undefined
}

/**
 * Where a basin goes that asks for this place, or for none: then it goes to the default (CP-BAS-043, CP-LOC-009). Some
 * flavors know of no places, and do not look at what is asked.
 */
export function placeFor(
  locations: Locations,
  chosen: string | undefined,
  asked: string | undefined,
  placesBasins: boolean,
): Placed | Refusal {
  if (!placesBasins) return { place: undefined }
  const found = asked === undefined ? defaultLocation(locations, chosen) : findLocation(locations, asked)
  return isRefusal(found) ? found : { place: found.name }
}

/**
 * Whether a basin that is there may be asked to be in this place: only where it is already. Refused as `invalid`
 * (CP-BAS-056). To ask for no place is to ask for no change.
 */
export function checkPlace(place: string | undefined, asked: string | undefined): Refusal | undefined {
  if (asked === undefined || asked === place) return undefined
  return invalid('the location of a basin cannot be changed')
}
