/**
 * How a value that is not of the form asked for is refused: s2-lite says where it stood, the hosted service may say
 * only that it is invalid.
 */
export const BAD_JSON = [
  [400, 'bad_json'],
  [422, 'invalid'],
] as const

export const BAD_PATH = [
  [400, 'bad_path'],
  [422, 'invalid'],
] as const

export const BAD_HEADER = [
  [400, 'bad_header'],
  [422, 'invalid'],
] as const

export const BAD_QUERY = [
  [400, 'bad_query'],
  [422, 'invalid'],
] as const
