import { Refusal } from '../kernel/errors.ts'
import { dayOf, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { prefillOf } from './file-rights-views.ts'
import { mustMay } from './policy.ts'
import type { Statement } from './rules/file-claims.ts'
import { LeafSet } from './rules/leaf-set.ts'
import type { ScopeTerms } from './rules/scope.ts'
import { scopeChoices, type ScopeChoices } from './rules/vocabulary/choices.ts'
import { industries } from './rules/vocabulary/industries.ts'
import { scopeTerms } from './schema.ts'

type Kind = 'acquisition' | 'release' | 'restriction'

/** A scope as the values of a form. */
export interface FormScope {
  media: string[]
  territory: { include: string[]; except: string[] }
  industry: string[]
  from: Day
  until: string
  zone: string
  exclusive: string
}

const formScope = ({ media, territory, industry, from, until, zone, exclusive }: ScopeTerms): FormScope => ({
  media,
  territory: { include: territory.include, except: territory.except ?? [] },
  industry: industry === 'ALL' ? [] : industry,
  from,
  until: until ?? '',
  zone,
  exclusive: exclusive ? 'on' : '',
})

export interface RecordingForm {
  asset: { id: string; title: string }
  zone: string
  today: Day
  choices: ScopeChoices
  /** The row that is read anew, as it stands; null for a new one. */
  replaces: { id: string; fields: Record<string, string>; sensitive: string[]; scope: FormScope | null } | null
  /** What a file said, and the values that it suggests. */
  proposal: { id: string; fields: Record<string, string>; statements: Statement[] } | null
}

/** What the form needs to write down a contract, a consent or a ban; `replaces` names the row that it will end. */
export async function recordingForm(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  kind: Kind,
  assetId: string,
  replaces: string | null,
  proposalId: string | null = null,
): Promise<RecordingForm> {
  mustMay(ctx.actor, 'record-rights')
  const houseId = ctx.actor.houseId
  const [asset, house] = await Promise.all([
    ctx.db.asset.findFirst({ where: { id: assetId, houseId }, select: { id: true, title: true } }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
  ])
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  const row = replaces ? await rowOf(ctx.db, kind, { id: replaces, assetId, houseId, supersededAt: null }) : null
  if (replaces && !row) throw new Refusal('gone', `${replaces} is not current`)
  return { asset, zone: house.timeZone, today: dayOf(ctx.clock.now(), house.timeZone), choices: scopeChoices(), replaces: row, proposal: await prefillOf(ctx, assetId, proposalId) }
}

/** One code an industry: the form ticks them one by one. */
const namesOf = (set: LeafSet): string[] => industries.leaves.filter(({ no }) => set.has(no)).map(({ code }) => code)

async function rowOf(
  db: Ctx<'db'>['db'],
  kind: Kind,
  where: { id: string; assetId: string; houseId: string; supersededAt: null },
): Promise<RecordingForm['replaces']> {
  const read = ({ id, terms, ...fields }: { id: string; terms: unknown } & Record<string, unknown>) => {
    const known = scopeTerms.safeParse(terms)
    const words = Object.entries(fields).map(([name, value]) => [
      name,
      value === true ? 'on' : value === false || value === null ? '' : String(value),
    ])
    return {
      id,
      fields: Object.fromEntries(words) as Record<string, string>,
      sensitive: [],
      scope: known.success ? formScope(known.data) : null,
    }
  }
  if (kind === 'acquisition') {
    const row = await db.acquisition.findFirst({
      where,
      select: { id: true, terms: true, contract: true, licensor: true, subLicensable: true },
    })
    return row && read(row)
  }
  if (kind === 'release') {
    const row = await db.release.findFirst({
      where,
      select: { id: true, terms: true, kind: true, status: true, reference: true, minor: true, guardian: true, aiUses: true },
    })
    if (!row) return null
    const [{ sensitive = '{}' } = {}] = await db.$queryRaw<
      { sensitive?: string }[]
    >`SELECT sensitive_set::text AS sensitive FROM releases WHERE id = ${row.id}`
    return { ...read(row), sensitive: namesOf(LeafSet.fromPostgres(sensitive)) }
  }
  const row = await db.restriction.findFirst({ where, select: { id: true, terms: true, kind: true, reason: true, reference: true } })
  return row && read(row)
}
