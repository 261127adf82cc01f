/** What XML 1.0 cannot hold at all, not even escaped: most control characters, half surrogate pairs, two non-characters. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

const bytesOf = (character: string): number => {
  const code = character.codePointAt(0) as number
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

/** Any text as XML text of at most `limit` bytes, cut between characters. Nothing in it can end its element. */
export function xmlText(text: string, limit = Infinity): string {
  let written = ''
  let bytes = 0
  for (const character of text) {
    const kept = character.replace(forbidden, '')
    const escaped = escapes[kept] ?? kept
    bytes += escaped === kept ? (kept && bytesOf(kept)) || 0 : escaped.length
    if (bytes > limit) break
    written += escaped
  }
  return written
}
