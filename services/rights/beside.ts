import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { decisionTime, layClaims } from './claims.ts'
import { decisionRow } from './decisions.ts'
import { loadRights, type LoadedRights } from './loading.ts'
import { lockAssets } from './locks.ts'
import type { Box } from './rules/box.ts'
import { decideKnown } from './rules/decide.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/**
 * Decide a use that stands beside all others and occupies nothing: a layout licence. The asset is locked as a sale locks it,
 * so that a withdrawal, an embargo or an exclusive sale has either been seen here or comes after. The decision is stored like
 * every one that lets bytes move. An exclusive claim of another holder bars it; a plain one does not.
 */
export async function decideBeside(
  tx: Tx,
  line: { assetNo: bigint; licenceNo: bigint; box: Box },
): Promise<Result<LoadedRights, 'rights-barred' | 'asset-not-available'>> {
  await lockAssets(tx, [line.assetNo])
  const [rights] = (await loadRights(tx, { assetNos: [line.assetNo], claims: 'exclusive' })).values()
  if (!rights) return fail('asset-not-available')
  const decision = decideKnown(rights, { box: line.box, exclusive: false, by: 'holder' }, line.box)
  if (decision.reasons.length > 0) return fail('rights-barred', { causes: decision.reasons.map(({ cause }) => cause) })
  const at = decisionTime(tx.clock.now(), [rights])
  await layClaims(tx, [], [decisionRow(rights, { ...line, exclusive: false, by: 'holder' }, decision, { purpose: 'comp', at })], at)
  return ok(rights)
}
