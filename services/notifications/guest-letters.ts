import { licenceNames, releaseNames, type Declaration } from '../intake/rules/declarations.ts'
import { formatNumber, languageNamed, type Language } from '../kernel/language.ts'
import type { Ctx } from '../platform/context.ts'
import type { RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, membersOf } from './people.ts'

type Reacting = Ctx<'db' | 'actor' | 'origin'>

/** Files that a receipt lists one by one; the rest it counts. */
const listed = 200

const megabytes = (bytes: bigint, language: Language): string =>
  bytes < 1_000_000n
    ? `${formatNumber(Math.ceil(Number(bytes) / 1000), language)} kB`
    : `${formatNumber(Math.round(Number(bytes) / 100_000) / 10, language)} MB`

const inGerman = {
  licence: {
    OWN_WORK: 'Eigenes Werk',
    AGENCY: 'Lizenz einer Agentur',
    CC0: 'CC0',
    CC_BY: 'CC BY',
    CC_BY_SA: 'CC BY-SA',
    CC_BY_NC: 'CC BY-NC',
    OTHER: 'Andere Lizenz',
  },
  release: { NONE_SHOWN: 'keine zu sehen', RELEASED: 'freigegeben', NOT_RELEASED: 'nicht freigegeben', UNKNOWN: 'unbekannt' },
} as const

/** What was declared, a line each, as the sender reads it. */
function declaredLines({ source, licence, licenceWords, people, property }: Declaration, language: Language): string[] {
  const de = language === 'de'
  return [
    source && `${de ? 'Herkunft' : 'Source'}: ${source}`,
    licence &&
      `${de ? 'Lizenz' : 'Licence'}: ${de ? inGerman.licence[licence] : licenceNames[licence]}${licenceWords && ` (${licenceWords})`}`,
    people && `${de ? 'Personen' : 'People'}: ${de ? inGerman.release[people] : releaseNames[people].toLowerCase()}`,
    property && `${de ? 'Eigentum' : 'Property'}: ${de ? inGerman.release[property] : releaseNames[property].toLowerCase()}`,
  ].filter((line): line is string => Boolean(line))
}

/** A visit has ended: its sender gets a receipt, and those who are told of the link one letter for all of it. */
export async function tellOfSending(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const { houseId } = ctx.actor
  const sending = await ctx.db.guestSending.findFirst({
    where: { id: fact.subject.id, houseId },
    include: {
      link: { select: { id: true, name: true, toldUserIds: true } },
      files: { orderBy: [{ receivedAt: 'asc' }, { uploadId: 'asc' }], take: listed },
      _count: { select: { files: true, papers: true } },
    },
  })
  if (!sending || sending._count.files === 0) return
  const [house, staff, known] = await Promise.all([
    houseOf(ctx),
    membersOf(ctx, houseId),
    ctx.db.guestFile.count({ where: { sendingId: sending.id, known: true } }),
  ])
  const language = languageNamed(sending.language)
  await askForLetter(ctx, 'guest-receipt', {
    key: `guest-receipt:${sending.id}`,
    to: { userId: null, email: sending.senderEmail },
    props: {
      houseName: house.name,
      language,
      name: sending.senderName,
      linkName: sending.link.name,
      total: sending._count.files,
      files: sending.files.map(({ fileName, byteSize, sha256 }) => ({ title: fileName, size: megabytes(byteSize, language), sha256 })),
      declared: declaredLines(sending, language),
      url: `${ctx.origin}/`,
    },
  })
  for (const to of staff.filter(({ userId }) => userId !== null && sending.link.toldUserIds.includes(userId)))
    await askForLetter(ctx, 'guest-files', {
      key: `guest-files:${sending.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        name: to.name,
        senderName: sending.senderName,
        linkName: sending.link.name,
        total: sending._count.files,
        known,
        papers: sending._count.papers,
        declared: declaredLines(sending, 'en').join('; '),
        url: `${ctx.origin}/library/outside?link=${sending.link.id}`,
      },
    })
}
