import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Currency, Money } from '../kernel/money.ts'
import { dayOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import { defaultPacks } from './defaults/packs.ts'
import { currentPriceBook } from './price-books.ts'
import { packTerms, type LicencePack } from './rules/packs.ts'
import { currencyIn, priceOf } from './rules/pricing.ts'

type Reading = Ctx<'db' | 'clock' | 'actor'>

const select = {
  id: true,
  nameEn: true,
  nameDe: true,
  media: true,
  territory: true,
  except: true,
  months: true,
  exclusive: true,
  printRun: true,
  pixels: true,
  active: true,
  revision: true,
} as const
const order = [{ position: 'asc' as const }, { id: 'asc' as const }]

interface PackRow extends Omit<LicencePack, 'printRun'> {
  printRun: bigint | null
  active: boolean
  revision: number
}
const read = ({ printRun, ...row }: PackRow) => ({ ...row, printRun: printRun === null ? null : Number(printRun) })

/** What the store offers beside the four questions, in the order of the house. */
export async function packsOffered({ db, actor }: Ctx<'db' | 'actor'>): Promise<LicencePack[]> {
  const rows = await db.licencePack.findMany({ where: { houseId: actor.houseId, active: true }, orderBy: order, select })
  return rows.map(read)
}

/** What the packs (of a house without any: the usual ones) come to for an ordinary picture; none without prices. */
export async function packPrices(ctx: Reading, currency: Currency): Promise<{ pack: LicencePack; total: Money }[]> {
  const [own, current, house] = await Promise.all([
    packsOffered(ctx),
    currentPriceBook(ctx),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } }),
  ])
  if (!current) return []
  const today = dayOf(ctx.clock.now(), house.timeZone)
  const packs = own.length > 0 ? own : defaultPacks.map((pack) => ({ ...pack, id: pack.nameEn }))
  return packs.map((pack) => {
    const terms = packTerms(pack, today, house.timeZone)
    return {
      pack,
      total: priceOf(current.book, { model: 'RIGHTS_MANAGED', terms, assetFactorBp: 10_000, currency: currencyIn(current.book, currency) })
        .total,
    }
  })
}

export interface PackOnDesk extends LicencePack {
  active: boolean
  revision: number
  scope: string
  /** What it comes to for an ordinary picture; null without a price book. */
  price: Money | null
}

/** All packs of the house with what they come to, for those who make prices and those who check them. */
export async function packsPage(ctx: Reading): Promise<{ packs: PackOnDesk[]; mayEdit: boolean }> {
  const { actor } = ctx
  if (!hasStaffRole(actor, 'RIGHTS_MANAGER', 'AUDITOR')) throw new Refusal('forbidden', 'licence packs')
  const [rows, current, house] = await Promise.all([
    ctx.db.licencePack.findMany({ where: { houseId: actor.houseId }, orderBy: order, select }),
    currentPriceBook(ctx),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } }),
  ])
  const today = dayOf(ctx.clock.now(), house.timeZone)
  const packs = rows.map((row) => {
    const pack = read(row)
    const terms = packTerms(pack, today, house.timeZone)
    const price = current ? priceOf(current.book, { model: 'RIGHTS_MANAGED', terms, assetFactorBp: 10_000 }).total : null
    return { ...pack, scope: summariseScope(terms), price }
  })
  return { packs, mayEdit: hasStaffRole(actor, 'RIGHTS_MANAGER') }
}

/** One pack of the house, as its editor shows it. */
export async function packPage(ctx: Reading, packId: string): Promise<PackOnDesk> {
  const { packs } = await packsPage(ctx)
  const pack = packs.find(({ id }) => id === packId)
  if (!pack) throw new Refusal('not-found', `no pack ${packId}`)
  return pack
}
