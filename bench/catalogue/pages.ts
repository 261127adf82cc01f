import fs from 'node:fs'
import path from 'node:path'
import { installDefaults } from '#services/licensing/defaults.ts'
import { systemClock } from '#services/platform/clock.ts'
import { connect, type PrismaClient } from '#services/platform/db.ts'
import { build } from '../../scripts/build.ts'
import { freePort } from '../../scripts/local-database.ts'
import { startOutside, supervise } from '../../scripts/stack.ts'
import type { Figure } from '../figure.ts'
import { costOf, pagesASecond } from '../load.ts'

/** A word that no record has: on the title of one picture, which comes and goes. */
const mark = 'zwischenzeitlicht'

/** How long a published picture takes to be found, and whether one page still shows it once it is withdrawn. */
async function comingAndGoing(db: PrismaClient, origin: string, houseId: string): Promise<Figure[]> {
  const shown = async () => (await (await fetch(`${origin}/search?q=${mark}`)).text()).includes(`class="tile-title">${mark}`)
  const { no, title } = await db.asset.findFirstOrThrow({
    where: { houseId, state: 'PUBLISHED' },
    orderBy: { no: 'asc' },
    select: { no: true, title: true },
  })
  const become = (state: 'PUBLISHED' | 'WITHDRAWN', words: string) => db.asset.update({ where: { no }, data: { state, title: words } })
  try {
    await become('WITHDRAWN', mark)
    await shown()
    let slowest = 0
    let stale = 0
    for (let turn = 0; turn < 5; turn++) {
      await become('PUBLISHED', mark)
      const from = performance.now()
      while (!(await shown())) if (performance.now() - from > 10_000) throw new Error('what is published is not found')
      slowest = Math.max(slowest, performance.now() - from)
      await become('WITHDRAWN', mark)
      if (await shown()) stale++
    }
    return [
      { name: 'published, then found on a page, slowest of five', value: Math.round(slowest), unit: 'ms', target: 1_000, better: 'lower' },
      { name: 'withdrawn, and still on the next page, of five', value: stale, unit: 'pages', target: 0, better: 'lower' },
    ]
  } finally {
    await become('PUBLISHED', title)
  }
}

/** The results page as a browser gets it, HTML and all, over a catalogue of this size: by one web process, and by two beside each other. */
export async function resultsPages(databaseUrl: string, houseId: string, count: number): Promise<Figure[]> {
  const dir = path.resolve('.local/bench-search')
  fs.rmSync(dir, { recursive: true, force: true })
  await build()
  const db = connect(databaseUrl, 2)
  await installDefaults({ db, clock: systemClock, actor: { kind: 'system', houseId, name: 'bench' } })
  const outside = await startOutside({ dir, databaseUrl, ports: { web: 0, payments: 0, inbox: 0 }, logLevel: 'warn' })
  const web = await supervise('scripts/start.ts', outside.variables, path.join(dir, 'web.log'))
  try {
    const pageOf = (origin: string) => `${origin}/search?q=portrait`
    const first = pageOf(outside.origin)
    const figures: Figure[] = [
      {
        name: `results page, a common word of ${count}, whole, server CPU`,
        value: await costOf(web.child().pid ?? 0, first),
        unit: 'ms',
        target: 10,
        baseline: 15.6,
        better: 'lower',
      },
      { name: 'results pages, one web process', value: await pagesASecond([first], 600), unit: 'pages/s', target: 75, better: 'higher' },
    ]
    const port = await freePort()
    const second = await supervise('scripts/start.ts', { ...outside.variables, PORT: String(port) }, path.join(dir, 'web-2.log'))
    try {
      const both = [first, pageOf(`http://127.0.0.1:${port}`)]
      figures.push({
        name: 'results pages, two web processes',
        value: await pagesASecond(both, 1_000),
        unit: 'pages/s',
        target: 150,
        better: 'higher',
      })
    } finally {
      await second.stop()
    }
    figures.push(...(await comingAndGoing(db, outside.origin, houseId)))
    return figures.map((figure) => ({ ...figure, value: Math.round(figure.value * 100) / 100 }))
  } finally {
    await web.stop()
    await outside.close()
    await db.$disconnect()
  }
}
