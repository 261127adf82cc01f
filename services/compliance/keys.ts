import type { Ctx } from '../platform/context.ts'

export interface PublishedKey {
  id: string
  publicKeyPem: string
  createdAt: Date
  retiredAt: Date | null
}

/**
 * Publish the public half of the key that signs now; those before it stay for ever, marked as retired, because the licences
 * that they signed stay. Called at every start: the second time changes nothing.
 */
export async function publishKey(ctx: Ctx<'db' | 'clock' | 'signer'>): Promise<void> {
  const { keyId: id, publicKeyPem } = ctx.signer
  const now = ctx.clock.now()
  await ctx.db.signingKey.createMany({ data: [{ id, publicKeyPem, createdAt: now }], skipDuplicates: true })
  await ctx.db.signingKey.updateMany({ where: { id, retiredAt: { not: null } }, data: { retiredAt: null } })
  await ctx.db.signingKey.updateMany({ where: { id: { not: id }, retiredAt: null }, data: { retiredAt: now } })
}

/** Every key that ever signed, the current one first. Keys are the installation's, not a house's: they are public. */
export const publishedKeys = (ctx: Ctx<'db'>): Promise<PublishedKey[]> =>
  ctx.db.signingKey.findMany({
    select: { id: true, publicKeyPem: true, createdAt: true, retiredAt: true },
    orderBy: [{ retiredAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
  })
