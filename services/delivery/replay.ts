import type { Ctx } from '../platform/context.ts'
import type { LicenceModel } from '../licensing/rules/models.ts'
import type { Replayed } from '../rights/replay.ts'
import { entitlement, licensedRenditions, type LicenceHeld, type LicensedRendition } from './rules/entitlement.ts'

/** Bytes that a licence let pass, though it would not do so when it is asked again as it stood then. */
export interface DeliveryDifference {
  deliveryId: string
  at: Date
  licenceId: string
  why: string
}

interface Row {
  id: string
  at: Date
  orgId: string | null
  rendition: string
  licenceId: string
  found: boolean
  houseId: string | null
  holderOrgId: string | null
  model: LicenceModel
  startsAt: Date
  endsAt: Date | null
  issuedAt: Date | null
  endedAt: Date | null
  sameVersion: boolean
  suspended: boolean
}

const pageSize = 500
/** Between the question and the row of the register a file is opened and its proof written into it. */
const preparing = 60_000

/**
 * The decision behind licensed bytes is the licence in force: no copy of it is stored with each download. It is asked
 * again here by the same rule, on the licence as it stood at that moment: what never changes from its row, when it was
 * issued and ended from its row too, whether it was suspended from the trail.
 */
export async function replayDeliveries(
  ctx: Ctx<'db' | 'actor'>,
  { since, assetId }: { since?: Date | undefined; assetId?: string | undefined },
  tell: (difference: DeliveryDifference) => void,
): Promise<Replayed> {
  const sum: Replayed = { asked: 0, same: 0, differ: 0, otherEngine: 0 }
  let after = { at: since ?? new Date(0), id: '' }
  for (;;) {
    const page = await ctx.db.$queryRaw<Row[]>`
      SELECT d.id, d.at, d.org_id AS "orgId", d.rendition, d.licence_id AS "licenceId", l.id IS NOT NULL AS found, l.house_id AS "houseId", l.holder_org_id AS "holderOrgId", l.model::text AS model,
        l.starts_at AS "startsAt", l.ends_at AS "endsAt", l.issued_at AS "issuedAt", l.ended_at AS "endedAt", l.version_id IS NOT DISTINCT FROM d.version_id AS "sameVersion",
        'licence.suspended' IS NOT DISTINCT FROM (SELECT f.type FROM audit_facts f WHERE f.subject_kind = 'licence' AND f.subject_id = d.licence_id AND f.at < d.at
          AND f.type IN ('licence.suspended', 'licence.reinstated') ORDER BY f.at DESC, f.id DESC LIMIT 1) AS suspended
      FROM deliveries d LEFT JOIN licences l ON l.id = d.licence_id
      WHERE d.house_id = ${ctx.actor.houseId} AND d.outcome = 'SERVED' AND d.licence_id IS NOT NULL AND (d.at, d.id) > (${after.at}, ${after.id})
        AND (${assetId ?? null}::text IS NULL OR d.asset_id = ${assetId ?? null})
      ORDER BY d.at, d.id LIMIT ${pageSize}`
    for (const row of page) {
      sum.asked++
      const why = whyNot(row, ctx.actor.houseId)
      if (why === null) sum.same++
      else {
        sum.differ++
        tell({ deliveryId: row.id, at: row.at, licenceId: row.licenceId, why })
      }
    }
    const last = page.at(-1)
    if (!last || page.length < pageSize) return sum
    after = { at: last.at, id: last.id }
  }
}

/** Null where the licence lets these bytes pass; else the refusal. */
function whyNot(row: Row, houseId: string): string | null {
  if (!row.found || row.houseId !== houseId) return 'no such licence'
  if (!row.sameVersion) return 'another version than was licensed'
  if (row.holderOrgId !== row.orgId) return 'another holder'
  const rendition = licensedRenditions.find((name) => name === row.rendition)
  if (!rendition) return `a rendition that licences do not give: ${row.rendition}`
  const answers = [row.at, new Date(row.at.getTime() - preparing)].map((at) => entitled(row, rendition, at, houseId))
  return answers.includes(null) ? null : (answers[0] ?? null)
}

function entitled(row: Row, rendition: LicensedRendition, at: Date, houseId: string): string | null {
  const licence: LicenceHeld = {
    id: row.licenceId,
    holderOrgId: row.holderOrgId ?? '',
    model: row.model,
    state:
      row.issuedAt === null || row.issuedAt > row.at
        ? 'RESERVED'
        : row.endedAt !== null && row.endedAt <= at
          ? 'ENDED'
          : row.suspended
            ? 'SUSPENDED'
            : 'ACTIVE',
    endedBy: row.endedAt !== null && row.endedAt <= at ? 'REVOKED' : null,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
  }
  const holder = {
    kind: 'person',
    houseId,
    userId: '',
    memberId: '',
    sessionId: '',
    orgId: row.orgId ?? '',
    orgKind: 'CUSTOMER',
    orgName: '',
    roles: [],
    name: '',
    email: '',
  } as const
  const answer = entitlement(holder, [licence], rendition, at)
  return answer.allowed ? null : answer.reason
}
