import { createHash } from 'node:crypto'
import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import { valuesOf } from '../assets/rules/metadata-values.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, type Prisma } from '../platform/db.ts'
import type { SetAsideError } from './errors.ts'
import { mustMay } from './policy.ts'
import { claimsIn, type FileClaim } from './rules/file-claims.ts'
import { senderLicences, withSenderWords, type SenderSaid } from './rules/sender-claims.ts'
import type { SetAside } from './schema.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** The same words in another file are the same question: what is answered once may be answered for all. */
const groundOf = ({ kind, statements }: FileClaim): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, statements.map(({ field, words }) => [field, words])]))
    .digest('hex')

/** What somebody from outside declared of this file, where it came by a guest link: read in the table of a domain above this one. */
async function saidBySender(ctx: Tx, versionId: string): Promise<SenderSaid | null> {
  const file = await ctx.db.guestFile.findFirst({
    where: { versionId, houseId: ctx.actor.houseId, known: false },
    select: {
      link: { select: { name: true } },
      sending: {
        select: {
          senderName: true,
          source: true,
          licence: true,
          licenceWords: true,
          people: true,
          property: true,
          _count: { select: { papers: true } },
        },
      },
    },
  })
  if (!file) return null
  const { senderName, licence, _count, ...said } = file.sending
  return { ...said, sender: senderName, link: file.link.name, licence: licence ? senderLicences[licence] : '', papers: _count.papers }
}

/**
 * Propose to the rights desk what a file says about rights. It allows nothing and changes nothing: the desk reads it, and
 * writes down what is true. A newer version asks anew only what it says differently; what it no longer says is outdated.
 */
export async function proposeFromFile(ctx: Tx, { versionId }: { versionId: string }): Promise<{ proposed: number }> {
  const { houseId } = ctx.actor
  const version = await ctx.db.assetVersion.findFirst({
    where: { id: versionId, houseId, processing: 'READY' },
    select: {
      id: true,
      embedded: true,
      assetId: true,
      asset: { select: { no: true, currentVersionId: true } },
      fileMetadata: { select: { origins: true } },
    },
  })
  if (!version || version.asset.currentVersionId !== version.id) return { proposed: 0 }
  const inFile = claimsIn(valuesOf(version.embedded), (version.fileMetadata?.origins ?? {}) as Record<string, string>)
  const claims = withSenderWords(inFile, await saidBySender(ctx, versionId))
  return inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT 1 AS locked FROM assets WHERE id = ${version.assetId} AND house_id = ${houseId} FOR NO KEY UPDATE`
    const earlier = await tx.db.rightsProposal.findMany({
      where: { houseId, assetId: version.assetId, state: { not: 'OUTDATED' } },
      select: { id: true, kind: true, ground: true, state: true, versionId: true },
    })
    const asked = (claim: FileClaim) => earlier.some(({ kind, ground }) => kind === claim.kind && ground === groundOf(claim))
    const fresh = claims.filter((claim) => !asked(claim) && !earlier.some((one) => one.versionId === versionId && one.kind === claim.kind))
    const said = new Set(claims.map(groundOf))
    const at = tx.clock.now()
    await tx.db.rightsProposal.updateMany({
      where: {
        id: { in: earlier.filter(({ state, ground }) => state === 'OPEN' && !said.has(ground)).map(({ id }) => id) },
        state: 'OPEN',
      },
      data: { state: 'OUTDATED', decidedAt: at, reason: 'A newer file says something else.' },
    })
    if (fresh.length === 0) return { proposed: 0 }
    await tx.db.rightsProposal.createMany({
      data: fresh.map((claim) => ({
        id: newId('prp', at),
        houseId,
        assetId: version.assetId,
        assetNo: version.asset.no,
        versionId,
        kind: claim.kind,
        summary: claim.summary,
        statements: claim.statements as unknown as Prisma.InputJsonArray,
        prefill: claim.prefill,
        ground: groundOf(claim),
        proposedAt: at,
      })),
      skipDuplicates: true,
    })
    await record(tx, {
      type: 'file-rights.proposed',
      subject: { kind: 'asset', id: version.assetId },
      data: { versionId, kinds: fresh.map(({ kind }) => kind), summaries: fresh.map(({ summary }) => summary) },
    })
    return { proposed: fresh.length }
  })
}

/** Say that what a file says is not so, or does not matter; with `alsoSame`, of all files that say the very same. */
export async function setAside(
  ctx: Tx,
  { proposalId, reason, alsoSame }: SetAside,
): Promise<Result<{ assetId: string; count: number }, SetAsideError>> {
  mustMay(ctx.actor, 'record-rights')
  const { houseId } = ctx.actor
  const proposal = await ctx.db.rightsProposal.findFirst({ where: { id: proposalId, houseId }, select: { assetId: true, ground: true } })
  if (!proposal) throw new Refusal('not-found', `no proposal ${proposalId}`)
  return inTransaction(ctx, async (tx) => {
    const where = { houseId, state: 'OPEN' as const, ...(alsoSame ? { ground: proposal.ground } : { id: proposalId }) }
    const { count } = await tx.db.rightsProposal.updateMany({
      where,
      data: { state: 'SET_ASIDE', reason, decidedAt: tx.clock.now(), decidedById: isPerson(tx.actor) ? tx.actor.userId : null },
    })
    if (count === 0) return fail('already-decided')
    await record(tx, {
      type: 'file-rights.set-aside',
      subject: { kind: 'asset', id: proposal.assetId },
      data: { proposalId, reason, ground: proposal.ground, count },
    })
    return ok({ assetId: proposal.assetId, count })
  })
}

/** A person has written down what the file said: in the transaction of that row. Decided meanwhile, it stays as it was decided. */
export async function acceptAs(tx: Tx, assetId: string, proposalId: string, rowId: string): Promise<void> {
  const { count } = await tx.db.rightsProposal.updateMany({
    where: { id: proposalId, houseId: tx.actor.houseId, assetId, state: 'OPEN' },
    data: { state: 'ACCEPTED', recordedAs: rowId, decidedAt: tx.clock.now(), decidedById: isPerson(tx.actor) ? tx.actor.userId : null },
  })
  if (count === 1)
    await record(tx, { type: 'file-rights.accepted', subject: { kind: 'asset', id: assetId }, data: { proposalId, recordedAs: rowId } })
}
