import PDFDocument from 'pdfkit'
import { Readable } from 'node:stream'
import { applyImport, writeImport } from '#services/exchange/applying.ts'
import { checkImport } from '#services/exchange/checking.ts'
import { receiveImport } from '#services/exchange/intake.ts'
import { addPaper } from '#services/exchange/papers.ts'
import { headerOf } from '#services/exchange/rules/written.ts'
import { csvLine } from '#services/compliance/rules/csv.ts'
import { addDays } from '#services/kernel/period.ts'
import type { Person } from '#services/kernel/actor.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** A contract as it comes back from the scanner: one page, signed by both. */
function signedPaper(title: string, parties: [string, string], clauses: string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const paper = new PDFDocument({ size: 'A4', margin: 72, info: { Title: title } })
    paper
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', reject)
    paper.fontSize(18).text(title).moveDown(2).fontSize(11).text(`between ${parties[0]} and ${parties[1]}`).moveDown()
    clauses.forEach((clause, i) => paper.text(`${i + 1}.  ${clause}`).moveDown(0.5))
    paper.moveDown(3).text('Signed: ____________________          ____________________').end()
  })
}

/** The papers behind two contracts, and two files: the list of another shop, one of whose sales collides, and one that nobody has mended yet. */
export async function exchangeFiles(story: Story, maren: Person, library: Library): Promise<void> {
  const ctx = story.as(maren)
  const job = story.as({ kind: 'system', houseId: maren.houseId, name: 'exchange' })
  const today = story.today.toISOString().slice(0, 10)
  const paper = async (reference: string, fileName: string, bytes: Buffer) =>
    sure(await addPaper(ctx, { kind: 'CONTRACT', reference, fileName, source: Readable.from([bytes]) }), `keep ${fileName}`)
  await paper(
    'Own work',
    'Northlight staff agreement 2019.pdf',
    await signedPaper(
      'Staff agreement',
      ['Northlight GmbH', 'its photographers'],
      [
        'All pictures made in the course of employment belong to the house, everywhere and without end.',
        'The house may license them on to others.',
      ],
    ),
  )
  await paper(
    'HALDEN-2024-17',
    'Halden contract 2024-17, signed.pdf',
    await signedPaper(
      'Agency contract 2024-17',
      ['Agentur Halden', 'Northlight GmbH'],
      [
        'The agency gives the house three pictures for all media, worldwide.',
        'The house may license them on until the end of the term.',
        'The term may be renewed in writing.',
      ],
    ),
  )

  const file = async (kind: 'SALES' | 'RESTRICTIONS', fileName: string, rows: Record<string, string>[]) => {
    const body = csvLine(headerOf(kind)) + rows.map((row) => csvLine(headerOf(kind).map((name) => row[name] ?? ''))).join('')
    const { importId } = sure(
      await receiveImport(ctx, { kind, fileName, source: Readable.from([Buffer.from(body)]) }),
      `take ${fileName} in`,
    )
    await checkImport(job, { importId })
    return importId
  }
  const sold = (slug: string, reference: string, fields: Record<string, string>) => ({
    asset: library.get(slug) ?? '',
    shop: 'Alpenbild',
    reference,
    sold_at: addDays(today, -12),
    exclusive: 'no',
    media: 'editorial|social-organic',
    territory: 'DACH',
    from: addDays(today, -12),
    until: addDays(today, 353),
    ...fields,
  })
  const sales = await file('SALES', 'alpenbild-november.csv', [
    sold('seven-ridges', 'AB-20117', { holder: 'Bergblick Magazin' }),
    sold('island-survey', 'AB-20122', { holder: 'Reisewerk AG', territory: 'EU27', media: 'web-banner' }),
    // Everything of this one is sold already: nobody can have it for himself.
    sold('nagasaki-boats', 'AB-20131', { holder: 'Kulturkanal', exclusive: 'yes', territory: 'WORLD except JP', until: '' }),
  ])
  sure(await applyImport(ctx, sales), 'apply a list of sales')
  await writeImport(job, { importId: sales })
  await file('RESTRICTIONS', 'embargoes-spring.csv', [
    {
      asset: 'Seven ridges',
      kind: 'EMBARGO',
      reason: 'Not before the spring fair',
      media: 'advertsing',
      territory: 'WORLD except Japn',
      from: today,
      until: addDays(today, 90),
    },
    {
      asset: 'harbour-1887.jpg',
      kind: 'HOLDBCK',
      reason: 'Held for the museum',
      media: 'ALL',
      territory: 'DE',
      from: addDays(today, 30),
      until: today,
    },
  ])
}
