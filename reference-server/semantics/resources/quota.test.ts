import { describe, expect, test } from 'vitest'
import { checkBasinQuota, checkBasinSetup } from './quota.ts'

describe('the quota of basins (CP-BAS-044)', () => {
  test.each([
    { existing: 0, basins: undefined, refused: false },
    { existing: 1_000_000, basins: undefined, refused: false },
    { existing: 0, basins: 0, refused: true },
    { existing: 99, basins: 100, refused: false },
    { existing: 100, basins: 100, refused: true },
    { existing: 101, basins: 100, refused: true },
  ])('$existing of $basins: one more is refused: $refused', ({ existing, basins, refused }) => {
    const refusal = expect.objectContaining({ code: 'quota_exhausted' })
    expect(checkBasinQuota(existing, { basins })).toEqual(refused ? refusal : undefined)
  })
})

const DAY = 86_400_000n

describe('the setup of a basin (CP-BAS-045)', () => {
  test.each([
    { after: 0n, basinSetup: 0, left: undefined },
    { after: 0n, basinSetup: 1000, left: 1000 },
    { after: 999n, basinSetup: 1000, left: 1 },
    { after: 1000n, basinSetup: 1000, left: undefined },
    { after: 86_400_000n, basinSetup: 1000, left: undefined },
    { after: -1n, basinSetup: 1000, left: undefined },
    { after: -86_400_000n, basinSetup: 1000, left: undefined },
  ])('$after ms after its creation, of $basinSetup: wait for $left', ({ after, basinSetup, left }) => {
    const refusal = expect.objectContaining({ code: 'unavailable', retryAfter: left })
    expect(checkBasinSetup(DAY, DAY + after, { basinSetup })).toEqual(
      left === undefined ? undefined : refusal,
    )
  })
})
