import { newId } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'

export interface ContractNamed {
  reference: string
  licensor: string
}

/**
 * See to it that each contract that acquisitions cite has its row, in the caller's transaction. The first licensor that a
 * reference was written down with stays the contract's; the acquisitions keep their own.
 */
export async function openContracts(tx: Ctx<'db' | 'clock' | 'actor'>, contracts: readonly ContractNamed[]): Promise<number> {
  const at = tx.clock.now()
  const by = tx.actor.kind === 'person' ? tx.actor.userId : null
  const { count } = await tx.db.contract.createMany({
    data: contracts.map(({ reference, licensor }) => ({
      id: newId('ctr', at),
      houseId: tx.actor.houseId,
      reference,
      licensor,
      recordedAt: at,
      recordedById: by,
    })),
    skipDuplicates: true,
  })
  return count
}
