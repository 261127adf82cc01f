import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { may } from './policy.ts'
import { findTwin } from './versions.ts'

/** The asset that has these bytes, for whoever is about to send them. Only the house's own people may ask: a hash is a question. */
export async function knownBytes(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  { sha256, assetId }: { sha256: string; assetId: string | undefined },
): Promise<{ id: string; title: string; state: string } | null> {
  if (!may(ctx.actor, 'upload')) throw new Refusal('forbidden', 'ask for known bytes')
  return /^[0-9a-f]{64}$/.test(sha256) ? findTwin(ctx, sha256, assetId) : null
}
