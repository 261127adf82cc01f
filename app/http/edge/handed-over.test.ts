import { expect, test } from 'vitest'
import { handedOver } from './handed-over.server.ts'

const streamOf = (...pieces: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })

test('what the loaders said arrives in one script, letters cut in two among them', async () => {
  const bytes = new TextEncoder().encode('["Grüße","Ende"]\n')
  const script = await handedOver(streamOf(bytes.slice(0, 5), bytes.slice(5)), 'n')
  const told: string[] = []
  const code = /^<script nonce="n">(.*)<\/script>$/s.exec(script)?.[1] ?? ''
  const controller = { enqueue: (text: string) => told.push(text), close: () => told.push('closed') }
  new Function('window', code)({ __remixContext: { streamController: controller } })
  expect(told).toEqual(['["Grüße","Ende"]\n', 'closed'])
})

test('no text of anybody ends the script', async () => {
  const script = await handedOver(streamOf(new TextEncoder().encode('</script><!--<script>&\u2028')), 'n')
  expect(script.match(/<\/script>/g)).toHaveLength(1)
  expect(script).not.toContain('<!--')
})
