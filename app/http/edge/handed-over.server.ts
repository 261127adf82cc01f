const escapes: Record<string, string> = { '&': '\\u0026', '>': '\\u003e', '<': '\\u003c', '\u2028': '\\u2028', '\u2029': '\\u2029' }

/** A text as a script writes it, which cannot end the script that it stands in. */
const written = (text: string): string => JSON.stringify(text).replace(/[&><\u2028\u2029]/g, (found) => escapes[found] as string)

/** What the loaders said, as the script by which the router in the browser takes it over: at once, since nothing comes later. */
export async function handedOver(stream: ReadableStream<Uint8Array>, nonce: string): Promise<string> {
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let text = ''
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += decoder.decode(piece.value, { stream: true })
  const controller = 'window.__remixContext.streamController'
  return `<script nonce="${nonce}">${controller}.enqueue(${written(text)});${controller}.close();</script>`
}
