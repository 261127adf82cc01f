/** What the first view of the store weighs, and what a warm page costs the server. On the built product with the demo company in it. */
import { execFileSync } from 'node:child_process'
import { openSession } from '#services/accounts/sessions.ts'
import type { House } from '#services/platform/house.ts'
import { withDemoHouse } from './demo-house.ts'
import type { Figure } from './figure.ts'
import { costOf, pagesASecond } from './load.ts'

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
    const bytes = execFileSync(
      'node',
      [
        '-e',
        `require('http').get(${JSON.stringify(address)},{headers:{'accept-encoding':'br','user-agent':'Mozilla/5.0 Chrome/140'}},r=>{let n=0;r.on('data',b=>n+=b.length).on('end',()=>console.log(n))})`,
      ],
      { encoding: 'utf8' },
    )
    return Number(bytes)
  }
  const html = await (await fetch(url, { headers: { 'user-agent': 'Mozilla/5.0 Chrome/140' } })).text()
  const linked = new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] as string))
  // The texts of the document's language are loaded by the entry, so that no page names them.
  const entry = [...linked].find((file) => file.includes('/entry.client-'))
  const [, words] = entry ? (/[./]+(en-[\w-]+\.js)/.exec(await (await fetch(new URL(entry, url))).text()) ?? []) : []
  if (words) linked.add(`/assets/${words}`)
  let sum = await get(url)
  for (const file of linked) sum += await get(new URL(file, url).href)
  return sum
}

export default async function measure(): Promise<Figure[]> {
  return withDemoHouse('web', guestsAndStaff, async ({ origin, web, prepared: { asset, cookie } }) => {
    const pid = web.child().pid ?? 0
    const cost = (page: string, cookie = '') => costOf(pid, origin + page, cookie)
    const figures: Figure[] = [
      {
        name: 'first view of the store, compressed',
        value: (await weightOf(`${origin}/`)) / 1000,
        unit: 'kB',
        target: 150,
        better: 'lower',
      },
      { name: 'store page, warm, server CPU', value: await cost('/'), unit: 'ms', target: 15, better: 'lower' },
      { name: 'results page, warm, server CPU', value: await cost('/search'), unit: 'ms', target: 10, baseline: 15.6, better: 'lower' },
      {
        name: 'results pages, one web process',
        value: await pagesASecond([`${origin}/search`], 600),
        unit: 'pages/s',
        target: 75,
        better: 'higher',
      },
      { name: 'asset page, warm, server CPU', value: await cost(asset), unit: 'ms', target: 15, better: 'lower' },
      {
        name: 'asset page with its questions, warm, server CPU',
        value: await cost(`${asset}?model=RIGHTS_MANAGED`),
        unit: 'ms',
        target: 25,
        better: 'lower',
      },
      { name: 'library page, warm, server CPU', value: await cost('/library', cookie), unit: 'ms', target: 25, better: 'lower' },
    ]
    return figures.map((figure) => ({ ...figure, value: Math.round(figure.value * 100) / 100 }))
  })
}
