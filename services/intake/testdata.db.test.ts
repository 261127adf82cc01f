import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deriveVersion } from '#services/assets/processing.ts'
import { childMedia } from '#services/platform/media/child-media.ts'
import { asActor, testContext, type TestContext } from '#services/testing/context.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { aHouse, aPerson } from '#services/testing/world.ts'
import { importFolder, type Line } from './folder-imports.ts'

const folder = path.resolve('../shared/testdata')

let t: TestDb
let ctx: TestContext
beforeAll(async () => {
  t = await testDb()
  const base = testContext(t.db, { media: childMedia() })
  const house = await aHouse(base)
  ctx = asActor(base, await aPerson(base, { houseId: house.id, roles: ['LIBRARIAN'] }))
})
afterAll(() => t[Symbol.asyncDispose]())

// Real files of cameras, editors and attackers lie beside the project, where they are at all.
const absent = existsSync(folder) ? '' : ' (skipped: there is no ../shared/testdata here)'
test.skipIf(absent)(
  `every file of the test data has one clear end, in a dry run, for real, and again${absent}`,
  { timeout: 240_000 },
  async () => {
    const there = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
      (entry) =>
        entry.isFile() &&
        !path
          .relative(folder, path.join(entry.parentPath, entry.name))
          .split(path.sep)
          .some((part) => /^(\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i.test(part)),
    )
    const run = async (dryRun: boolean) => {
      const lines: Line[] = []
      const outcome = await importFolder(ctx, { folder, dryRun, told: (line) => lines.push(line) })
      return { outcome, lines: lines.sort((a, b) => (a.file < b.file ? -1 : 1)) }
    }
    const dry = await run(true)
    expect(await t.db.asset.count()).toBe(0)
    // XMP that lies beside its picture is read with it, and is no file of its own.
    const named = there.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    expect(named.filter((name) => !dry.lines.some(({ file }) => file === name)).every((name) => name.endsWith('.xmp'))).toBe(true)
    expect(new Set(dry.lines.map(({ file }) => file)).size).toBe(dry.lines.length)
    const real = await run(false)
    expect(real.lines.map(({ file }) => file)).toEqual(dry.lines.map(({ file }) => file))
    expect(real.lines.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'MISSING')).toEqual([])
    // What was refused in the dry run is refused for real, with the same words.
    const refused = ({ lines }: typeof dry) =>
      lines.filter(({ outcome }) => outcome === 'REFUSED').map(({ file, problem }) => `${file}: ${problem}`)
    expect(refused(real)).toEqual(refused(dry))
    // What is not taken in says why; what is, lies there byte for byte, and is shown, or says why it cannot be.
    expect(real.lines.filter(({ outcome, problem }) => outcome !== 'TAKEN' && !/\w+ \w+/.test(problem ?? ''))).toEqual([])
    const versions = await t.db.assetVersion.findMany({ select: { id: true, assetId: true, sha256: true } })
    const taken = real.lines.filter(({ outcome }) => outcome === 'TAKEN')
    expect(versions).toHaveLength(taken.length)
    for (const { file, assetId } of taken) {
      const version = versions.find((each) => each.assetId === assetId)
      expect(version?.sha256, file).toBe(
        createHash('sha256')
          .update(await readFile(path.join(folder, file)))
          .digest('hex'),
      )
    }
    // Two at a time, as many as the machine has processors.
    const waiting = [...versions]
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await deriveVersion(ctx, { versionId: next.id })
    }
    await Promise.all([work(), work()])
    const after = await t.db.assetVersion.findMany({
      select: {
        fileName: true,
        processing: true,
        rejectedReason: true,
        renditions: { select: { preset: true } },
        asset: { select: { state: true } },
      },
    })
    for (const { fileName, processing, rejectedReason, renditions, asset } of after) {
      expect(asset.state, fileName).toBe('DRAFT')
      const presets = renditions.map(({ preset }) => preset)
      if (processing === 'READY') expect(presets, fileName).toEqual(expect.arrayContaining(['grid', 'page', 'clean-grid']))
      else expect([processing, rejectedReason], fileName).toEqual(['REJECTED', expect.stringMatching(/\w+ \w+.*\./)])
    }
    expect(after.filter(({ fileName, processing }) => /_by_/.test(fileName) && processing !== 'READY')).toEqual([])
    const again = await run(false)
    expect(again.lines.filter(({ outcome }) => outcome === 'TAKEN').every(({ before }) => before)).toBe(true)
    expect(again.outcome).toMatchObject({ ok: true })
  },
)
