import { sealWords } from '../assets/sealing.ts'
import { may } from '../assets/policy.ts'
import { likenessWords } from '../assets/rules/nearness.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'

interface Side {
  id: string
  title: string
  versionId: string | null
  width: number | null
  height: number | null
}
export interface UploadLikeness {
  versionId: string
  /** Read, printed and compared: what is not here now will not come. */
  settled: boolean
  /** Why its file could not be read, where it could not: the upload was whole, and of no use. */
  unreadable: string | null
  pairs: { id: string; words: string; own: Side; other: Side; answered: string | null }[]
}

/** The comparison follows the print by a moment; after this long it has found nothing. */
const patience = 60_000

const sideSelect = { id: true, title: true, currentVersion: { select: { id: true, width: true, height: true } } } as const
interface SideRow {
  id: string
  title: string
  currentVersion: { id: string; width: number | null; height: number | null } | null
}
const sideOf = ({ id, title, currentVersion }: SideRow): Side => ({
  id,
  title,
  versionId: currentVersion?.id ?? null,
  width: currentVersion?.width ?? null,
  height: currentVersion?.height ?? null,
})

/** What the files that somebody has just sent look like: the questions that were found about them, still open. */
export async function likenessOfUploads(ctx: Ctx<'db' | 'clock' | 'actor'>, versionIds: readonly string[]): Promise<UploadLikeness[]> {
  if (!may(ctx.actor, 'upload')) throw new Refusal('forbidden', 'likeness of uploads')
  const { houseId } = ctx.actor
  const [versions, pairs] = await Promise.all([
    ctx.db.assetVersion.findMany({
      where: { id: { in: [...versionIds] }, houseId },
      select: {
        id: true,
        processing: true,
        rejectedReason: true,
        print: { select: { madeAt: true } },
        printMiss: { select: { versionId: true } },
      },
    }),
    ctx.db.likeness.findMany({
      where: { houseId, versionId: { in: [...versionIds] }, state: 'OPEN' },
      orderBy: [{ places: 'desc' }, { id: 'asc' }],
      include: { asset: { select: sideSelect }, other: { select: sideSelect } },
    }),
  ])
  const compared = new Date(ctx.clock.now().getTime() - patience)
  const found = versions.map(({ id, processing, rejectedReason, print, printMiss }) => {
    const own = pairs.filter(({ versionId }) => versionId === id)
    return {
      versionId: id,
      settled: processing === 'REJECTED' || printMiss !== null || (print !== null && (own.length > 0 || print.madeAt < compared)),
      unreadable: processing === 'REJECTED' ? rejectedReason : null,
      pairs: own.slice(0, 3).map((pair) => ({
        id: pair.id,
        words: likenessWords(pair),
        own: sideOf(pair.asset),
        other: sideOf(pair.other),
        answered: null,
      })),
    }
  })
  return sealWords(ctx, found)
}
