/** Whether this has settled yet; look after `settle`. */
export function watch<Outcome>(promise: Promise<Outcome>): {
  settled: boolean
  outcome: Outcome | undefined
} {
  const watched: { settled: boolean; outcome: Outcome | undefined } = { settled: false, outcome: undefined }
  promise.then(
    (outcome) => {
      watched.settled = true
      watched.outcome = outcome
    },
    () => {
      watched.settled = true
    },
  )
  return watched
}
