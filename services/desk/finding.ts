import { Prisma } from '../platform/db.ts'
import type { WorkKind } from './rules/kinds.ts'

/** Words of SQL: column names and expressions of our own, never what somebody sent. */
export const sql = (text: string): Prisma.Sql => Prisma.raw(text)

/** One kind of thing to do, as a reading of the assets `a` (see `findingsOf`). */
export interface Finding {
  kind: WorkKind
  /** What the key says after the kind: the paper or the row, and where the day is part of the ground, the day. */
  key: Prisma.Sql
  source: Prisma.Sql
  due: Prisma.Sql
  day: Prisma.Sql
  shows: Prisma.Sql
  reference: Prisma.Sql
  party?: Prisma.Sql
  holder?: Prisma.Sql
  licences?: Prisma.Sql
  from: Prisma.Sql
}

/** A finding as rows of `worklist_findings`. */
export const rowsOf = ({ kind, key, source, due, day, shows, reference, party, holder, licences, from }: Finding): Prisma.Sql => Prisma.sql`
  SELECT ${sql(`'${kind}:'`)} || ${key} AS item, ${sql(`'${kind}'`)} AS kind, a.no AS asset_no, ${source} AS source_id, ${due} AS due_at, ${day} AS day,
    ${shows} AS shows, left(${reference}, 200) AS reference, ${party ?? sql("''")} AS party, ${holder ?? sql('NULL::text')} AS holder_org_id,
    ${licences ?? sql('0')} AS licences, 1 AS pictures ${from}`

const axes = ['media_set', 'territory_set', 'industry_set']
export const lies = (inner: string, outer: string): string => axes.map((axis) => `${outer}.${axis} @> ${inner}.${axis}`).join(' AND ')
export const meets = (one: string, other: string): string =>
  [...axes, 'period'].map((axis) => `${one}.${axis} && ${other}.${axis}`).join(' AND ')
export const isLive = (claim: string): string => `${claim}.state IN ('ACTIVE', 'SUSPENDED')`

/** The last day of a half-open span, in the house's zone: the one that people say. */
export const lastDay = (instant: string): string => `((${instant} - interval '1 millisecond') AT TIME ZONE a.zone)::date`
export const dayAt = (instant: string): string => `(${instant} AT TIME ZONE a.zone)::date`
export const until = (instant: string): Prisma.Sql => sql(`tstzmultirange(tstzrange(NULL, ${instant}))`)
export const since = (instant: string): Prisma.Sql => sql(`tstzmultirange(tstzrange(${instant}, NULL))`)

/** Live licences that stand on a row and reach beyond its end. */
export const beyond = (row: string): Prisma.Sql =>
  sql(`(SELECT count(DISTINCT c.licence_no)::int FROM claims c WHERE c.asset_no = a.no AND ${isLive('c')} AND ${meets('c', row)}
    AND (upper_inf(c.period) OR upper(c.period) > upper(${row}.period)))`)
/** Live licences on the asset. */
export const liveLicences = sql(`(SELECT count(DISTINCT c.licence_no)::int FROM claims c WHERE c.asset_no = a.no AND ${isLive('c')})`)
/** The licence behind a claim, ours or another shop's. */
export const licenceOfClaim = 'LEFT JOIN licences l ON l.no = c.licence_no LEFT JOIN imported_sales i ON i.no = c.licence_no'
export const licenceId = sql('coalesce(l.id, i.id, c.id::text)')
