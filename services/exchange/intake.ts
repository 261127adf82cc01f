import type { Readable } from 'node:stream'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { importKey } from '../platform/storage/keys.ts'
import { isTooLarge, type Stored } from '../platform/storage/storage.ts'
import type { ReceiveImportError } from './errors.ts'
import { enqueueImport } from './jobs.ts'
import { mustMay } from './policy.ts'
import { limits, type ImportKind } from './rules/kinds.ts'

export interface ReceiveImport {
  kind: ImportKind
  /** As the sender calls it: shown to people, never part of a path. */
  fileName: string
  source: Readable
  declaredSize?: number | undefined
  signal?: AbortSignal | undefined
}

/** The last part of what may be a path, without control characters. */
export const cleanName = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 255) || 'untitled'

/**
 * Bytes to a key, counted and hashed as they stream. What the sender does wrong is an outcome: refused as soon as the limit
 * is passed, and nothing of it stays.
 */
export async function keep(
  ctx: Ctx<'storage'>,
  key: string,
  { source, declaredSize, signal }: Pick<ReceiveImport, 'source' | 'declaredSize' | 'signal'>,
  limit: number,
): Promise<Result<Stored, 'too-large' | 'empty' | 'cut-off'>> {
  if ((declaredSize ?? 0) > limit) {
    source.destroy()
    return fail('too-large', { limit })
  }
  let broken = false
  source.once('error', () => (broken = true))
  try {
    const stored = await ctx.storage.put(key, source, { limit, ...(signal ? { signal } : {}) })
    const wrong = stored.size === 0 ? fail('empty') : declaredSize !== undefined && stored.size < declaredSize ? fail('cut-off') : null
    if (!wrong) return ok(stored)
    await ctx.storage.remove(key)
    return wrong
  } catch (error) {
    source.destroy()
    if (isTooLarge(error)) return fail('too-large', { limit })
    if (broken || signal?.aborted) return fail('cut-off')
    throw error
  }
}

/** Take in a file of rights and have it checked. Nothing of it counts before a person applies it. */
export async function receiveImport(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'storage'>,
  input: ReceiveImport,
): Promise<Result<{ importId: string }, ReceiveImportError>> {
  mustMay(ctx.actor, 'exchange')
  const at = ctx.clock.now()
  const importId = newId('imp', at)
  const storageKey = importKey(importId)
  const kept = await keep(ctx, storageKey, input, input.kind === 'ODRL' ? limits.odrlBytes : limits.bytes)
  if (!kept.ok) return kept
  const { size, sha256 } = kept.value
  const { houseId } = ctx.actor
  await inTransaction(ctx, async (tx) => {
    await tx.db.rightsImport.create({
      data: {
        id: importId,
        houseId,
        kind: input.kind,
        fileName: cleanName(input.fileName),
        storageKey,
        sha256,
        sizeBytes: BigInt(size),
        state: 'CHECKING',
        createdAt: at,
        createdById: tx.actor.kind === 'person' ? tx.actor.userId : null,
      },
    })
    await record(tx, {
      type: 'import.received',
      subject: { kind: 'import', id: importId },
      data: { kind: input.kind, sha256, bytes: size },
    })
    await enqueueImport(tx, 'check', { houseId, importId })
  })
  return ok({ importId })
}
