import { finished } from 'node:stream/promises'
import { openDownload, openPortalFile } from '#services/delivery/downloads.ts'
import type { OpenFile } from '#services/delivery/files.ts'
import type { Person } from '#services/kernel/actor.ts'
import type { Result } from '#services/kernel/result.ts'
import type { Library } from './library.ts'
import type { Cast } from './sales.ts'
import type { Story } from './story.ts'

const caller = { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (demonstration)' }

/** Read to its end, as a browser would; a refusal leaves its row and nothing else. */
async function take(outcome: Result<OpenFile, string>): Promise<void> {
  if (!outcome.ok) return
  const bytes = await outcome.value.open(null)
  bytes.resume()
  await finished(bytes)
}

/** What holders fetched in the last days, and where they were refused: the auditor's pages have something to say. */
export async function fetchFiles(story: Story, cast: Cast, library: Library, day: number): Promise<void> {
  const { clara, nora, grace } = cast as Record<string, Person>
  if (!clara || !nora || !grace) throw new Error('the cast is not complete')
  const licencesOf = (person: Person) =>
    story.as(person).db.licence.findMany({ where: { holderOrgId: person.orgId, document: { not: null } }, orderBy: { no: 'asc' }, select: { id: true } })
  const turns = -day
  for (const person of turns % 3 === 0 ? [clara, grace] : [clara])
    for (const { id } of (await licencesOf(person)).slice(turns % 2, (turns % 2) + 3))
      await take(await openDownload(story.as(person), { licenceId: id, rendition: turns % 2 ? 'original' : 'web', caller }))
  const kit = await story.as(nora).db.brandKit.findFirstOrThrow({ where: { houseId: nora.houseId, title: 'Northlight brand kit' }, select: { id: true } })
  for (const piece of ['northlight-logo-dark', 'northlight-guidelines', 'seven-ridges'].slice(0, 1 + (turns % 3)))
    await take(await openPortalFile(story.as(nora), { kitId: kit.id, assetId: library.get(piece) ?? '', rendition: 'original', caller }))
}
