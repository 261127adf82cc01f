/** What the first view of the store weighs, and what a warm page costs the server. On the built product with the demo company in it. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { seedDemo } from '#prisma/seed.ts'
import { openSession } from '#services/accounts/sessions.ts'
import { buildHouse, type House } from '#services/platform/house.ts'
import { silentLog } from '#services/platform/log.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { build } from '../scripts/build.ts'
import { startLocalDatabase } from '../scripts/local-database.ts'
import { startOutside, supervise } from '../scripts/stack.ts'
import type { Figure } from './figure.ts'

/** User and system time of a process, in milliseconds, as the operating system counts it. */
function cpuOf(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return ((Number(fields[11]) + Number(fields[12])) / ticks) * 1000
}

/** What the pages need that no address says: a picture that is sold, and the cookie of somebody who works in the library. */
async function guestsAndStaff({ context }: House): Promise<{ asset: string; cookie: string }> {
  const { db } = context
  const { id } = await db.asset.findFirstOrThrow({
    where: { state: 'PUBLISHED', audience: 'STORE', sellsRoyaltyFree: true, sellsRightsManaged: true },
    orderBy: { no: 'asc' },
    select: { id: true },
  })
  const { id: memberId, userId } = await db.member.findFirstOrThrow({ where: { roles: { has: 'LIBRARIAN' }, org: { kind: 'OWNER' } } })
  const { secret } = await openSession(context, { userId, memberId })
  return { asset: `/assets/${id}`, cookie: `clearmark_session=${secret}` }
}

/** Bytes over the wire for a page and everything that it loads at once, pictures and fonts aside. */
async function weightOf(url: string): Promise<number> {
  const get = async (address: string) => {
    // Node's fetch would unpack: the size is what a browser receives.
    const bytes = execFileSync('node', ['-e', `require('http').get(${JSON.stringify(address)},{headers:{'accept-encoding':'br','user-agent':'Mozilla/5.0 Chrome/140'}},r=>{let n=0;r.on('data',b=>n+=b.length).on('end',()=>console.log(n))})`], { encoding: 'utf8' })
    return Number(bytes)
  }
  const html = await (await fetch(url, { headers: { 'user-agent': 'Mozilla/5.0 Chrome/140' } })).text()
  const linked = new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] as string))
  let sum = await get(url)
  for (const file of linked) sum += await get(new URL(file, url).href)
  return sum
}

export default async function measure(): Promise<Figure[]> {
  const dir = path.resolve('.local/bench-web')
  fs.rmSync(dir, { recursive: true, force: true })
  await build()
  const database = await startLocalDatabase(path.resolve('.local/test-postgres'), { throwaway: true })
  const databaseUrl = database.url(`bench_${randomBytes(4).toString('hex')}`)
  await createDatabase(databaseUrl)
  await migrate(databaseUrl)
  const outside = await startOutside({ dir, databaseUrl, ports: { web: 0, payments: 0, inbox: 0 }, logLevel: 'warn' })
  const house = buildHouse(outside.env, silentLog)
  await seedDemo(house, outside)
  const { asset, cookie } = await guestsAndStaff(house)
  await house.close()
  const web = await supervise('scripts/start.ts', outside.variables, path.join(dir, 'web.log'))
  try {
    const pid = web.child().pid ?? 0
    const cost = async (page: string, cookies = '') => {
      const headers = { 'user-agent': 'Mozilla/5.0 Chrome/140', 'accept-encoding': 'gzip', cookie: cookies }
      const ask = async (times: number) => {
        for (let turn = 0; turn < times; turn++) {
          const answer = await fetch(outside.origin + page, { headers, redirect: 'manual' })
          if (answer.status !== 200) throw new Error(`${page} answered ${answer.status}`)
          await answer.arrayBuffer()
        }
      }
      await ask(100)
      const before = cpuOf(pid)
      await ask(300)
      return (cpuOf(pid) - before) / 300
    }
    const figures: Figure[] = [
      { name: 'first view of the store, compressed', value: (await weightOf(`${outside.origin}/`)) / 1000, unit: 'kB', target: 150, better: 'lower' },
      { name: 'store page, warm, server CPU', value: await cost('/'), unit: 'ms', target: 15, better: 'lower' },
      { name: 'results page, warm, server CPU', value: await cost('/search'), unit: 'ms', target: 15, better: 'lower' },
      { name: 'asset page, warm, server CPU', value: await cost(asset), unit: 'ms', target: 15, better: 'lower' },
      { name: 'asset page with its questions, warm, server CPU', value: await cost(`${asset}?model=RIGHTS_MANAGED`), unit: 'ms', target: 25, better: 'lower' },
      { name: 'library page, warm, server CPU', value: await cost('/library', cookie), unit: 'ms', target: 25, better: 'lower' },
    ]
    return figures.map((figure) => ({ ...figure, value: Math.round(figure.value * 100) / 100 }))
  } finally {
    await web.stop()
    await outside.close()
    await dropDatabase(databaseUrl)
  }
}
