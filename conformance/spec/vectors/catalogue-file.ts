import { VERSION } from '../../../kit/version.ts'
import { areaTitles } from '../../catalogue/area-titles.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import { coverage } from '../../catalogue/coverage.ts'
import { requirements } from '../../requirements/index.ts'

/** Returns the text of `catalogue.json`: every row of the catalogue, and what its check needs. */
export function catalogueFile(): string {
  const { stateOf } = coverage(requirements.map(({ id }) => id))
  const checks = new Map(requirements.map((requirement) => [requirement.id, requirement]))
  const rows = catalogue.map(({ basis, ...row }) => {
    const check = checks.get(row.id)
    return {
      ...row,
      basis: basis.split(/,\s*/),
      status: stateOf.get(row.id),
      ...(check !== undefined && {
        needs: check.needs,
        ...(check.unless !== undefined && { unless: check.unless }),
        transports: check.on ?? ['json'],
        seconds: check.seconds ?? 0,
      }),
    }
  })
  const lines = rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')
  const areas = areaTitles.map((area) => `  ${JSON.stringify(area)}`).join(',\n')
  return `{"format":1,"version":${JSON.stringify(VERSION)},"areas":[\n${areas}\n],"requirements":[\n${lines}\n]}\n`
}
