import type { Page } from './objects.ts'

/** The answers of S3 that have a body of XML. */
export const xml = (name: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name}>${content}</${name}>`

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export function listXml({ objects, prefixes, next }: Page): string {
  const contents = objects.map(
    ([key, { modified, etag, bytes }]) =>
      `<Contents><Key>${escapeXml(key)}</Key><LastModified>${modified.toISOString()}</LastModified>` +
      `<ETag>${escapeXml(etag)}</ETag><Size>${bytes.length}</Size></Contents>`,
  )
  const common = prefixes.map(
    (prefix) => `<CommonPrefixes><Prefix>${escapeXml(prefix)}</Prefix></CommonPrefixes>`,
  )
  const more = next === undefined ? '' : `<NextContinuationToken>${escapeXml(next)}</NextContinuationToken>`
  return xml(
    'ListBucketResult',
    [`<IsTruncated>${next !== undefined}</IsTruncated>`, more, ...contents, ...common].join(''),
  )
}
