import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Supervised } from '../scripts/stack.ts'

/**
 * The journeys run in processes of their own; this lets them stop, kill and restart the product's: `POST /web/kill`,
 * `POST /worker/stop`, `POST /web/restart?ahead=86400000`. Answers when it is done.
 */
export async function openControl(processes: { web: Supervised; worker: Supervised }): Promise<{ url: string; close(): Promise<void> }> {
  const answer = async (request: http.IncomingMessage): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const [, name, verb] = url.pathname.split('/')
    const one = name === 'web' ? processes.web : name === 'worker' ? processes.worker : undefined
    if (!one) throw new Error(`no process ${name}`)
    if (verb === 'stop') return one.stop()
    if (verb === 'restart') return one.restart({ CLOCK_AHEAD_MS: url.searchParams.get('ahead') ?? '0' })
    if (verb !== 'kill') throw new Error(`no verb ${verb}`)
    one.child().kill('SIGKILL')
  }
  const server = http.createServer((request, response) => {
    answer(request).then(
      () => response.end('done'),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => void server.close(() => resolve())) }
}
