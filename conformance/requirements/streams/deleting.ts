import { row } from '../../catalogue/catalogue.ts'
import { batch } from '../../records.ts'
import type { Requirement } from '../../requirement.ts'
import { whileBasinIsDeleted, whileStreamIsDeleted } from '../deleting.ts'

export const configWhileDeleting: Requirement = {
  ...row('CP-STR-053'),
  needs: [],
  async check(context) {
    const { basin, newStream, expect } = context
    const answer = await whileStreamIsDeleted(context, basin, newStream, ({ name }) =>
      basin.getStreamConfig(name),
    )
    expect.refused(answer, 409, 'stream_deletion_pending')
  },
}

export const deletedFromTheAnswerOn: Requirement = {
  ...row('CP-STR-073'),
  needs: ['basins'],
  async check(context) {
    const { newBasin, newStreamName, expect } = context
    const basin = await newBasin({ create_stream_on_append: true, create_stream_on_read: true })
    const requestToken = 'mine'
    const make = async () => {
      const name = newStreamName()
      expect.ok(await basin.createStream(name, {}, { requestToken }), 201)
      expect.ok(await basin.stream(name).append(batch('a')))
      return basin.stream(name)
    }
    const answers = await whileStreamIsDeleted(context, basin, make, (stream) =>
      Promise.all([
        stream.append(batch('b')),
        stream.over('s2s').append(batch('b')),
        stream.append({ ...batch('b'), matchSeqNum: 0n }),
        stream.read({ seqNum: 0n }),
        stream.over('sse').read({ seqNum: 0n, wait: 0 }),
        stream.checkTail(),
        basin.getStreamConfig(stream.name),
        basin.reconfigureStream(stream.name, { retention_policy: { age: 60 } }),
        basin.createStream(stream.name),
        basin.createStream(stream.name, {}, { requestToken }),
        basin.ensureStream(stream.name),
      ]),
    )
    for (const answer of answers) expect.refused(answer, 409, 'stream_deletion_pending')
  },
}

export const orderOfChecks: Requirement = {
  ...row('CP-STR-026'),
  needs: ['basins'],
  async check(context) {
    const { account, newBasin, newBasinName, newStreamName, expect } = context
    const withToken = { requestToken: 'mine' }
    const inNoBasin = await account.basin(newBasinName()).createStream(newStreamName(), {}, withToken)
    expect.refused(inNoBasin, 404, 'basin_not_found')

    const inDeleting = await whileBasinIsDeleted(context, newBasin, (basin, stream) =>
      Promise.all([
        basin.createStream(newStreamName(), {}, withToken),
        basin.createStream(stream, {}, withToken),
        basin.createStream(stream),
      ]),
    )
    for (const answer of inDeleting) expect.refused(answer, 409, 'basin_deletion_pending')

    const basin = await newBasin()
    const make = async () => {
      const name = newStreamName()
      expect.ok(await basin.createStream(name, {}, withToken), 201)
      return basin.stream(name)
    }
    const ofDeleting = await whileStreamIsDeleted(context, basin, make, ({ name }) =>
      Promise.all([basin.createStream(name, {}, withToken), basin.createStream(name)]),
    )
    for (const answer of ofDeleting) expect.refused(answer, 409, 'stream_deletion_pending')

    const { name } = await make()
    expect.ok(await basin.createStream(name, {}, withToken), 201)
    expect.refused(await basin.createStream(name), 409, 'resource_already_exists')
  },
}

export const errorsOfEnsure: Requirement = {
  ...row('CP-STR-046'),
  needs: ['basins'],
  async check(context) {
    const { account, basin, newBasin, newBasinName, newStream, newStreamName, expect } = context
    const zero = { retention_policy: { age: 0 } }
    const unknown = account.basin(newBasinName())
    expect.refused(await unknown.ensureStream(newStreamName()), 404, 'basin_not_found')
    const { name } = await newStream()
    const untouched = newStreamName()
    for (const each of [name, untouched]) {
      expect.refused(await basin.ensureStream(each, zero), 422, 'invalid')
    }
    expect.refused(await basin.getStreamConfig(untouched), 404, 'stream_not_found')

    const inDeleting = await whileBasinIsDeleted(context, newBasin, (deleting, stream) =>
      Promise.all([deleting.ensureStream(newStreamName()), deleting.ensureStream(stream)]),
    )
    for (const answer of inDeleting) expect.refused(answer, 409, 'basin_deletion_pending')
    const ofDeleting = await whileStreamIsDeleted(context, basin, newStream, (stream) =>
      Promise.all([
        basin.ensureStream(stream.name),
        basin.ensureStream(stream.name, { retention_policy: { age: 60 } }),
      ]),
    )
    for (const answer of ofDeleting) expect.refused(answer, 409, 'stream_deletion_pending')
  },
}

export const errorsOfReconfigure: Requirement = {
  ...row('CP-STR-062'),
  needs: ['basins'],
  async check(context) {
    const { account, basin, newBasin, newBasinName, newStream, newStreamName, expect } = context
    const patch = { retention_policy: { age: 60 } }
    const unknown = account.basin(newBasinName())
    expect.refused(await unknown.reconfigureStream(newStreamName(), patch), 404, 'basin_not_found')
    expect.refused(await basin.reconfigureStream(newStreamName(), patch), 404, 'stream_not_found')

    const inDeleting = await whileBasinIsDeleted(context, newBasin, (deleting, stream) =>
      Promise.all([
        deleting.reconfigureStream(newStreamName(), patch),
        deleting.reconfigureStream(stream, patch),
        deleting.reconfigureStream(stream, {}),
      ]),
    )
    for (const answer of inDeleting) expect.refused(answer, 409, 'basin_deletion_pending')
    const ofDeleting = await whileStreamIsDeleted(context, basin, newStream, ({ name }) =>
      Promise.all([basin.reconfigureStream(name, patch), basin.reconfigureStream(name, {})]),
    )
    for (const answer of ofDeleting) expect.refused(answer, 409, 'stream_deletion_pending')
  },
}
