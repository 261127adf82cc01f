import { cleanName } from '../assets/uploads.ts'
import { record } from '../compliance/record.ts'
import type { Delivering } from '../delivery/downloads.ts'
import type { Caller, OpenFile } from '../delivery/files.ts'
import { keepPaper, openKept, type ArrivingPaper } from '../intake/kept-papers.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { briefFor } from './briefs.ts'
import type { AddBriefPaperError } from './errors.ts'
import { maySeeBrief } from './policy.ts'
import { isEnded } from './rules/brief-states.ts'

const mostPapers = 30

/** A sketch, a layout, a shot list: what explains the brief better than words. */
export async function addBriefPaper(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'storage'>,
  briefId: string,
  paper: ArrivingPaper,
): Promise<Result<{ paperId: string }, AddBriefPaperError>> {
  const brief = await briefFor(ctx, briefId)
  const { actor } = ctx
  if (!maySeeBrief(actor, brief)) throw new Refusal('not-found', `no brief ${briefId}`)
  if (isEnded(brief.state)) {
    paper.source.destroy()
    return fail('brief-ended')
  }
  // Asked before a byte is kept, and again where it is written: what is refused then leaves bytes that nobody names.
  if ((await ctx.db.briefPaper.count({ where: { briefId } })) >= mostPapers) {
    paper.source.destroy()
    return fail('too-many-papers', { most: mostPapers })
  }
  const kept = await keepPaper(ctx, paper)
  if (!kept.ok) return kept
  const at = ctx.clock.now()
  const id = newId('bpp', at)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ paperId: string }, AddBriefPaperError>> => {
    await tx.db.$queryRaw`SELECT 1 AS locked FROM briefs WHERE id = ${briefId} FOR UPDATE`
    if (isEnded((await briefFor(tx, briefId)).state)) return fail('brief-ended')
    if ((await tx.db.briefPaper.count({ where: { briefId } })) >= mostPapers) return fail('too-many-papers', { most: mostPapers })
    const fileName = cleanName(paper.fileName)
    const { count } = await tx.db.briefPaper.createMany({
      data: [{ id, houseId: actor.houseId, briefId, fileName, ...kept.value, addedAt: at, addedById: actor.userId }],
      skipDuplicates: true,
    })
    if (count === 0) return fail('kept-already')
    await record(tx, {
      type: 'brief.paper-added',
      subject: { kind: 'brief', id: briefId },
      data: { paperId: id, fileName, sha256: kept.value.sha256 },
    })
    return ok({ paperId: id })
  })
}

/** A brief's paper, for whoever follows the brief. */
export async function openBriefPaper(ctx: Delivering, briefId: string, paperId: string, caller: Caller): Promise<OpenFile> {
  await briefFor(ctx, briefId)
  const paper = await ctx.db.briefPaper.findFirst({ where: { id: paperId, briefId, houseId: ctx.actor.houseId } })
  if (!paper) throw new Refusal('not-found', `no paper ${paperId}`)
  return openKept(ctx, paper, caller)
}
