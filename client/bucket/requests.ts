import { escapeXml, listXml, xml } from './documents.ts'
import { type Condition, etagOf, type Objects, type StoredObject } from './objects.ts'
import type { Uploads } from './uploads.ts'

/** A request of S3, its body read. */
export interface BucketRequest {
  readonly method: string
  /** Empty for the bucket itself. */
  readonly key: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

export interface BucketAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

export const refusal = (status: number, code: string): BucketAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: xml('Error', `<Code>${code}</Code><Message>${code}</Message>`),
})

/** Whether it changes what is stored; the beginning of an upload and its parts are not yet a change. */
export const isChange = ({ method }: BucketRequest): boolean => method !== 'GET' && method !== 'HEAD'

/** What S3 answers, of the part of it that object stores use. */
export function answer(request: BucketRequest, objects: Objects, uploads: Uploads): BucketAnswer {
  const { method, key, query } = request
  if (key === '') {
    if (method === 'POST' && query.has('delete')) return deleteMany(request, objects)
    return method === 'GET' ? list(request, objects) : refusal(405, 'MethodNotAllowed')
  }
  switch (method) {
    case 'GET':
    case 'HEAD':
      return get(request, objects)
    case 'PUT':
      return query.has('partNumber') ? putPart(request, uploads) : put(request, objects)
    case 'POST':
      return query.has('uploads') ? begin(request, uploads) : complete(request, objects, uploads)
    case 'DELETE':
      if (query.has('uploadId')) uploads.abort(query.get('uploadId') ?? '')
      else objects.delete(key)
      return { status: 204 }
    default:
      return refusal(405, 'MethodNotAllowed')
  }
}

function get({ method, key, headers }: BucketRequest, objects: Objects): BucketAnswer {
  const object = objects.get(key)
  if (object === undefined) return refusal(404, 'NoSuchKey')
  if (headers['if-match'] !== undefined && headers['if-match'] !== object.etag) {
    return refusal(412, 'PreconditionFailed')
  }
  if (headers['if-none-match'] === object.etag) return { status: 304, headers: headersOf(object) }
  const size = object.bytes.length
  const range = rangeOf(headers.range, size)
  if (range === 'unsatisfiable') return refusal(416, 'InvalidRange')
  const [from, to] = range ?? [0, size]
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headersOf(object),
      'content-length': String(to - from),
      ...(range !== undefined && { 'content-range': `bytes ${from}-${to - 1}/${size}` }),
    },
    ...(method === 'GET' && { body: object.bytes.subarray(from, to) }),
  }
}

const headersOf = ({ etag, modified, metadata }: StoredObject): Record<string, string> => ({
  ...metadata,
  etag,
  'last-modified': modified.toUTCString(),
  'accept-ranges': 'bytes',
  'content-type': 'application/octet-stream',
})

/** `bytes=from-to`, `bytes=from-` or `bytes=-length`, as a half-open range. */
function rangeOf(
  header: string | undefined,
  size: number,
): readonly [from: number, to: number] | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const to = first === '' || last === '' ? size : Math.min(Number(last) + 1, size)
  return from < to ? [from, to] : 'unsatisfiable'
}

function put(request: BucketRequest, objects: Objects): BucketAnswer {
  const source = request.headers['x-amz-copy-source']
  const copied = source === undefined ? undefined : objects.get(keyOfSource(source))
  if (source !== undefined && copied === undefined) return refusal(404, 'NoSuchKey')
  const object = objects.put(
    request.key,
    copied?.bytes ?? request.body,
    copied?.metadata ?? metadataOf(request),
    conditionOf(request),
  )
  if (object === undefined) return refusal(412, 'PreconditionFailed')
  const { etag } = object
  return copied === undefined
    ? { status: 200, headers: { etag } }
    : { status: 200, body: xml('CopyObjectResult', `<ETag>${escapeXml(etag)}</ETag>`) }
}

const keyOfSource = (source: string): string => decodeURIComponent(source.replace(/^\/?[^/]+\//, ''))

export const metadataOf = ({ headers }: BucketRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') && value !== undefined ? [[name, value]] : [],
    ),
  )

const conditionOf = ({ headers }: BucketRequest): Condition => ({
  absent: headers['if-none-match'] === '*',
  etag: headers['if-match'],
})

function begin(request: BucketRequest, uploads: Uploads): BucketAnswer {
  const id = uploads.begin(metadataOf(request))
  return { status: 200, body: xml('InitiateMultipartUploadResult', `<UploadId>${id}</UploadId>`) }
}

function putPart({ query, body }: BucketRequest, uploads: Uploads): BucketAnswer {
  const isKnown = uploads.put(query.get('uploadId') ?? '', Number(query.get('partNumber')), body)
  return isKnown ? { status: 200, headers: { etag: etagOf(body) } } : refusal(404, 'NoSuchUpload')
}

function complete(request: BucketRequest, objects: Objects, uploads: Uploads): BucketAnswer {
  const upload = uploads.take(request.query.get('uploadId') ?? '')
  if (upload === undefined) return refusal(404, 'NoSuchUpload')
  const object = objects.put(request.key, upload.bytes, upload.metadata, conditionOf(request))
  if (object === undefined) return refusal(412, 'PreconditionFailed')
  return {
    status: 200,
    body: xml('CompleteMultipartUploadResult', `<ETag>${escapeXml(object.etag)}</ETag>`),
  }
}

function deleteMany({ body }: BucketRequest, objects: Objects): BucketAnswer {
  const keys = [...body.toString('utf8').matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key)
  for (const key of keys) objects.delete(key.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
  const deleted = keys.map((key) => `<Deleted><Key>${key}</Key></Deleted>`).join('')
  return { status: 200, body: xml('DeleteResult', deleted) }
}

function list({ query }: BucketRequest, objects: Objects): BucketAnswer {
  const page = objects.list({
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after: query.get('continuation-token') ?? query.get('start-after') ?? '',
    limit: Number(query.get('max-keys') ?? 1000),
  })
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: listXml(page) }
}
