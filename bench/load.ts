import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'

/** What a browser says when it asks for a page. */
const browser = { 'user-agent': 'Mozilla/5.0 Chrome/140', 'accept-encoding': 'gzip, br' }
const tick = 1_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** User and system time of a process, in milliseconds, as the operating system counts it. */
export function cpuOf(pid: number): number {
  const fields = fs
    .readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tick
}

/** Asks for pages as so many browsers do that wait for one page before they ask for the next; each address in turn. */
export async function askPages(addresses: readonly string[], times: number, { clients = 1, cookie = '' } = {}): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients })
  const page = (address: string) =>
    new Promise<void>((resolve, reject) => {
      const asked = http.get(address, { agent, headers: { ...browser, ...(cookie && { cookie }) } }, (answer) => {
        answer
          .resume()
          .once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${address} answered ${answer.statusCode}`))))
      })
      // A socket that is destroyed under a request may say so twice.
      asked.on('error', reject)
    })
  let next = 0
  const client = async () => {
    for (let turn = next++; turn < times; turn = next++) await page(addresses[turn % addresses.length] as string)
  }
  try {
    await Promise.all(Array.from({ length: clients }, client))
  } finally {
    agent.destroy()
  }
}

/** So many pages come in a second, asked for by eight clients who share the machine with the server. */
export async function pagesASecond(addresses: readonly string[], times: number): Promise<number> {
  await askPages(addresses, 100 * addresses.length, { clients: 8 })
  const from = performance.now()
  await askPages(addresses, times, { clients: 8 })
  return times / ((performance.now() - from) / 1_000)
}

/** Processor time of a warm page, in milliseconds. */
export async function costOf(pid: number, address: string, cookie = ''): Promise<number> {
  await askPages([address], 150, { cookie })
  const before = cpuOf(pid)
  await askPages([address], 300, { cookie })
  return (cpuOf(pid) - before) / 300
}
