/** Text for XML, content and attributes alike. Control signs that XML 1.0 cannot hold are left out. */
export const xmlText = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/[<>&'"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A document for machines, kept by caches for an hour. */
export const xmlAnswer = (body: string, mediaType = 'application/xml'): Response =>
  new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, {
    headers: { 'Content-Type': `${mediaType}; charset=utf-8`, 'Cache-Control': 'public, max-age=3600' },
  })
