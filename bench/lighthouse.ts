/** What Lighthouse says about the store on a telephone: home, results, a picture's page; three runs each, the median counts. */
import net from 'node:net'
import lighthouse, { type Result } from 'lighthouse'
import { chromium } from 'playwright'
import type { House } from '#services/platform/house.ts'
import { browserArguments, findBrowser } from '../scripts/browser.ts'
import { withDemoHouse } from './demo-house.ts'
import type { Figure } from './figure.ts'

const runs = 3
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
type Category = (typeof categories)[number]

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })

/** A photograph with both kinds of licence: the page that sells. */
const aPicture = async ({ context: { db } }: House): Promise<string> => {
  const { id } = await db.asset.findFirstOrThrow({
    where: { state: 'PUBLISHED', audience: 'STORE', kind: 'PHOTOGRAPH', sellsRoyaltyFree: true, sellsRightsManaged: true },
    orderBy: { no: 'asc' },
    select: { id: true },
  })
  return `/assets/${id}`
}

/** What was found wanting, for whoever mends it. */
function complain(page: string, { audits, categories: found }: Result): void {
  const wanting = Object.values(found).flatMap(({ id, auditRefs }) =>
    auditRefs
      .filter((ref) => ref.weight > 0 && (audits[ref.id]?.score ?? 1) < (id === 'performance' ? 0.9 : 1))
      .map((ref) => `${ref.id}: ${audits[ref.id]?.displayValue ?? ''} ${JSON.stringify(audits[ref.id]?.details ?? {}).slice(0, 400)}`),
  )
  if (wanting.length > 0) process.stderr.write(`${page}\n  ${wanting.join('\n  ')}\n`)
}

async function measured(origin: string, page: string, port: number): Promise<Result[]> {
  const results: Result[] = []
  for (let run = 0; run < runs; run++) {
    const answer = await lighthouse(origin + page, { port, output: 'json', logLevel: 'silent', onlyCategories: [...categories] })
    if (!answer || answer.lhr.runtimeError) throw new Error(`${page}: ${answer?.lhr.runtimeError?.message ?? 'no answer'}`)
    results.push(answer.lhr)
  }
  return results
}

export default function measure(): Promise<Figure[]> {
  return withDemoHouse('lighthouse', aPicture, async ({ origin, prepared: asset }) => {
    const pages = { home: '/', results: '/search', 'asset page': asset }
    const port = await freePort()
    const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...browserArguments, `--remote-debugging-port=${port}`] })
    const figures: Figure[] = []
    try {
      for (const [name, page] of Object.entries(pages)) {
        // The first answer of a process compiles what the others use.
        for (let turn = 0; turn < 20; turn++) await (await fetch(origin + page)).arrayBuffer()
        const results = await measured(origin, page, port)
        const score = (category: Category) => Math.round(median(results.map((lhr) => lhr.categories[category]?.score ?? 0)) * 100)
        const audit = (id: string) => median(results.map((lhr) => lhr.audits[id]?.numericValue ?? Number.NaN))
        for (const category of categories)
          figures.push({ name: `${name}, ${category}`, value: score(category), unit: 'points', target: category === 'performance' ? 95 : 100, better: 'higher' })
        figures.push(
          { name: `${name}, largest contentful paint`, value: Math.round(audit('largest-contentful-paint')) / 1000, unit: 's', target: 1.5, better: 'lower' },
          { name: `${name}, layout shift`, value: Math.round(audit('cumulative-layout-shift') * 1000) / 1000, unit: '', target: 0, better: 'lower' },
        )
        const [first] = results
        if (first) complain(name, first)
      }
      return figures
    } finally {
      await browser.close()
    }
  })
}
