/** The basin of every pattern. */
export const BASIN = 'my-basin'
