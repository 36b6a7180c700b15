import { type Requirement, requirement } from '../../check/requirement.ts'

export const order: readonly Requirement[] = [
  requirement('CP-RT-008', 'Order of extraction', async ({ account, basin, newBasinName, expect }) => {
    const token = { 's2-request-token': 't'.repeat(37) }
    const bad = { without: ['s2-basin'] }
    for (const [answer, code] of [
      // Create a stream: token, basin, body. A 400 for a header says that the body was not looked at.
      [
        await basin.raw({ method: 'POST', path: '/streams', headers: token, body: '{', ...bad }),
        'bad_header',
      ],
      [await basin.raw({ method: 'POST', path: '/streams', headers: token, body: '{' }), 'bad_header'],
      [await basin.raw({ method: 'POST', path: '/streams', body: '{', ...bad }), 'bad_header'],
      [await basin.raw({ method: 'POST', path: '/streams', body: '{' }), 'bad_json'],
      // List: basin, query.
      [await basin.raw({ method: 'GET', path: '/streams?limit=x', ...bad }), 'bad_header'],
      [await basin.raw({ method: 'GET', path: '/streams?limit=x' }), 'bad_query'],
      // Ensure and reconfigure: basin, path, body.
      [await basin.raw({ method: 'PUT', path: '/streams/%FF', body: '{', ...bad }), 'bad_header'],
      [await basin.raw({ method: 'PUT', path: '/streams/%FF', body: '{' }), 'bad_path'],
      [await basin.raw({ method: 'PUT', path: '/streams/x', body: '{' }), 'bad_json'],
      [await basin.raw({ method: 'PATCH', path: '/streams/%FF', body: '{', ...bad }), 'bad_header'],
      [await basin.raw({ method: 'PATCH', path: '/streams/%FF', body: '{' }), 'bad_path'],
      [await basin.raw({ method: 'PATCH', path: '/streams/x', body: '{' }), 'bad_json'],
      // Get and delete: basin, path.
      [await basin.raw({ method: 'GET', path: '/streams/%FF', ...bad }), 'bad_header'],
      [await basin.raw({ method: 'DELETE', path: '/streams/%FF', ...bad }), 'bad_header'],
      // Create a basin: token, body; ensure and reconfigure one: path, body.
      [await account.raw({ method: 'POST', path: '/basins', headers: token, body: '{' }), 'bad_header'],
      [await account.raw({ method: 'POST', path: '/basins', body: '{' }), 'bad_json'],
      [await account.raw({ method: 'PUT', path: '/basins/%FF', body: '{' }), 'bad_path'],
      [await account.raw({ method: 'PUT', path: `/basins/${newBasinName()}`, body: '{' }), 'bad_json'],
      [await account.raw({ method: 'PATCH', path: '/basins/%FF', body: '{' }), 'bad_path'],
      [await account.raw({ method: 'PATCH', path: `/basins/${newBasinName()}`, body: '{' }), 'bad_json'],
    ] as const) {
      expect.refused(answer, 400, code)
    }
  }),

  requirement('CP-RT-009', 'Validation before existence', async (context) => {
    const { account, basin, newBasinName, newStreamName, expect } = context
    const stream = { method: 'PATCH', path: `/streams/${newStreamName()}` }
    const unknownBasin = newBasinName()
    const inUnknownBasin = { ...stream, headers: { 's2-basin': unknownBasin } }
    for (const request of [stream, inUnknownBasin]) {
      expect.refused(await basin.raw({ ...request, body: '{' }), 400, 'bad_json')
      expect.refused(
        await basin.raw({ ...request, body: '{"retention_policy":{"age":"x"}}' }),
        400,
        'bad_json',
      )
      expect.refused(await basin.raw({ ...request, body: '{"retention_policy":{"age":0}}' }), 422, 'invalid')
    }
    expect.refused(
      await basin.raw({ ...stream, body: '{"retention_policy":{"age":1}}' }),
      404,
      'stream_not_found',
    )
    const patch = { method: 'PATCH', path: `/basins/${unknownBasin}` }
    const body = '{"default_stream_config":{"retention_policy":{"age":0}}}'
    expect.refused(await account.raw({ ...patch, body: '{"default_stream_config":7}' }), 400, 'bad_json')
    expect.refused(await account.raw({ ...patch, body }), 422, 'invalid')
    expect.refused(await account.raw({ ...patch, body: '{}' }), 404, 'basin_not_found')
  }),
]
