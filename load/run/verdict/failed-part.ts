/**
 * Of more than this part of its appends that failed, a target was under another load than was planned: as of a plan that it is
 * behind, and as many as lie beyond a p99.
 */
const MOST = 0.01

/** Of the measured time: appends that were refused or of unknown outcome, and those that have a response time. */
export interface Ended {
  readonly untimed: number
  readonly timed: number
}

/** 0 where nothing ended. */
export const failedPart = ({ untimed, timed }: Ended): number =>
  untimed === 0 ? 0 : untimed / (untimed + timed)

export const isOtherLoad = (ended: Ended): boolean => failedPart(ended) > MOST
