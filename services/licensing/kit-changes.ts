import { addKitItem, removeKitItem } from '../catalog/brand-kits.ts'
import type { Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo } from '../platform/db.ts'
import { kitTime, syncKitGrants } from './kit-grants.ts'

type Tx = Ctx<'db' | 'clock' | 'actor' | 'signer'>

/** A change of a kit's files together with the licences that begin or end by it: one transaction, no moment between. */
const withGrants =
  <I extends { kitId: string }, T, E extends string>(change: (ctx: Tx, input: I) => Promise<Result<T, E>>) =>
  (ctx: Tx, input: I): Promise<Result<T, E>> =>
    inTransactionOrUndo(
      ctx,
      async (tx) => {
        const changed = await change(tx, input)
        if (changed.ok) await syncKitGrants(tx, input.kitId)
        return changed
      },
      kitTime,
    )

/** Put an asset into a kit: every partner that holds the kit has its licence at once. */
export const addToKit = withGrants(addKitItem)

/** Take an asset out of a kit: the licences that the kit gave for it end at once. */
export const removeFromKit = withGrants(removeKitItem)
