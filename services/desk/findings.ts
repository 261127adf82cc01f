import { Prisma } from '../platform/db.ts'
import {
  beyond,
  dayAt,
  isLive,
  lastDay,
  licenceId,
  licenceOfClaim,
  lies,
  liveLicences,
  meets,
  rowsOf,
  since,
  sql,
  until,
  type Finding,
} from './finding.ts'

/** What has run out stays on the list for so long, unless somebody renews it or says that nobody will. */
const afterTheEnd = "interval '30 days'"
const ends = (row: string) => `upper(${row}.period) IS NOT NULL AND isfinite(upper(${row}.period))`
const current = (row: string) => `${row}.asset_no = a.no AND ${row}.superseded_at IS NULL`
const onSale = "a.state = 'PUBLISHED' AND (a.sells_royalty_free OR a.sells_rights_managed)"
const onSaleSince = 'coalesce(a.published_at, a.created_at)'

/** Each with a look for the row that goes on where it ends: what is renewed needs nobody, and what is archived ends without a word. */
const endings: Finding[] = [
  {
    kind: 'contract-ends',
    key: sql(`q.contract || ':' || ${lastDay('upper(q.period)')}`),
    source: sql('q.id'),
    due: sql('upper(q.period)'),
    day: sql(lastDay('upper(q.period)')),
    shows: until(`upper(q.period) + ${afterTheEnd}`),
    reference: sql('q.contract'),
    party: sql('q.licensor'),
    licences: beyond('q'),
    from: sql(`FROM a JOIN acquisitions q ON ${current('q')} AND ${ends('q')} WHERE a.state NOT IN ('ARCHIVED', 'DELETED') AND NOT EXISTS (
      SELECT 1 FROM acquisitions n WHERE ${current('n')} AND n.id <> q.id AND ${lies('q', 'n')} AND n.period @> upper(q.period) AND (n.sub_licensable OR NOT q.sub_licensable))`),
  },
  {
    kind: 'release-ends',
    key: sql(`r.reference || ':' || ${lastDay('upper(r.period)')}`),
    source: sql('r.id'),
    due: sql('upper(r.period)'),
    day: sql(lastDay('upper(r.period)')),
    shows: until(`upper(r.period) + ${afterTheEnd}`),
    reference: sql('r.reference'),
    party: sql('r.kind::text'),
    licences: beyond('r'),
    from: sql(`FROM a JOIN releases r ON ${current('r')} AND ${ends('r')} AND r.status IN ('UNLIMITED', 'LIMITED') WHERE a.state NOT IN ('ARCHIVED', 'DELETED') AND NOT EXISTS (
      SELECT 1 FROM releases n WHERE ${current('n')} AND n.id <> r.id AND n.kind = r.kind AND n.status IN ('UNLIMITED', 'LIMITED') AND ${lies('r', 'n')} AND n.period @> upper(r.period))`),
  },
  ...(['ban-ends', 'embargo-lifts'] as const).map((kind): Finding => ({
    kind,
    key: sql(`coalesce(nullif(b.reference, ''), b.id) || ':' || ${lastDay('upper(b.period)')}`),
    source: sql('b.id'),
    due: sql('upper(b.period)'),
    day: sql(lastDay('upper(b.period)')),
    shows: until('upper(b.period)'),
    reference: sql("coalesce(nullif(b.reference, ''), b.reason)"),
    party: sql('b.kind::text'),
    from: sql(
      `FROM a JOIN restrictions b ON ${current('b')} AND ${ends('b')} WHERE a.state NOT IN ('ARCHIVED', 'DELETED') AND b.kind ${kind === 'embargo-lifts' ? '=' : '<>'} 'EMBARGO'`,
    ),
  })),
  {
    kind: 'licence-ends',
    key: sql(`l.holder_org_id || ':' || ${lastDay('l.ends_at')}`),
    source: sql('l.id'),
    due: sql('l.ends_at'),
    day: sql(lastDay('l.ends_at')),
    shows: until('l.ends_at'),
    reference: sql('l.number'),
    holder: sql('l.holder_org_id'),
    licences: sql('1'),
    // A layout file is lent for some days and always ends: nothing is to be decided about it.
    from: sql(
      "FROM a JOIN licences l ON l.asset_id = a.id WHERE l.state IN ('ACTIVE', 'SUSPENDED') AND l.ends_at IS NOT NULL AND l.model <> 'COMP'",
    ),
  },
]

/** What was sold and no longer stands on firm ground. */
const conflicts: Finding[] = [
  {
    kind: 'outside-contract',
    // A claim lay within what was held when it was sold (the database saw to it): the contract that ended last took the ground away.
    key: sql(`coalesce(g.contract, 'claim ' || c.id) || coalesce(':' || ${dayAt('g.superseded_at')}, '')`),
    source: licenceId,
    due: sql('coalesce(g.superseded_at, c.created_at)'),
    day: sql(dayAt('coalesce(g.superseded_at, c.created_at)')),
    shows: until('upper(c.period)'),
    reference: sql("coalesce(g.contract, '')"),
    party: sql("coalesce(g.licensor, '')"),
    holder: sql('l.holder_org_id'),
    licences: sql('1'),
    from: sql(`FROM a JOIN claims c ON c.asset_no = a.no AND ${isLive('c')} ${licenceOfClaim} LEFT JOIN LATERAL (
        SELECT q.contract, q.licensor, q.superseded_at FROM acquisitions q WHERE q.asset_no = a.no AND q.superseded_at IS NOT NULL
        ORDER BY (${meets('q', 'c')}) DESC, q.superseded_at DESC, q.id LIMIT 1) g ON true
      WHERE NOT EXISTS (SELECT 1 FROM acquisitions q WHERE ${current('q')} AND ${lies('c', 'q')} AND q.period @> c.period)`),
  },
  {
    kind: 'meets-ban',
    key: sql(`coalesce(nullif(b.reference, ''), b.id) || ':' || coalesce(${lastDay('upper(b.period)')}::text, 'open')`),
    source: licenceId,
    due: sql('b.recorded_at'),
    day: sql(dayAt('b.recorded_at')),
    shows: until('upper(b.period * c.period)'),
    reference: sql("coalesce(nullif(b.reference, ''), b.reason)"),
    party: sql('b.kind::text'),
    holder: sql('l.holder_org_id'),
    licences: sql('1'),
    from: sql(
      `FROM a JOIN restrictions b ON ${current('b')} JOIN claims c ON c.asset_no = a.no AND ${isLive('c')} AND ${meets('b', 'c')} ${licenceOfClaim}`,
    ),
  },
  {
    kind: 'consent-withdrawn',
    key: sql(`r.reference || ':' || ${dayAt('r.recorded_at')}`),
    source: licenceId,
    due: sql('r.recorded_at'),
    day: sql(dayAt('r.recorded_at')),
    shows: until('upper(r.period * c.period)'),
    reference: sql('r.reference'),
    party: sql('r.kind::text'),
    holder: sql('l.holder_org_id'),
    licences: sql('1'),
    from: sql(
      `FROM a JOIN releases r ON ${current('r')} AND r.status = 'WITHDRAWN' JOIN claims c ON c.asset_no = a.no AND ${isLive('c')} AND ${meets('r', 'c')} ${licenceOfClaim}`,
    ),
  },
  {
    kind: 'paid-not-granted',
    key: sql('l.id'),
    source: sql('l.id'),
    due: sql('l.created_at'),
    day: sql(dayAt('l.created_at')),
    // The money goes back by itself; for a month the desk still sees it.
    shows: until("l.created_at + interval '30 days'"),
    reference: sql('l.number'),
    holder: sql('l.holder_org_id'),
    from: sql("FROM a JOIN licences l ON l.asset_id = a.id WHERE l.state = 'CONFLICT'"),
  },
]

/** What is on sale and should not be, or not yet: `g.gap` is when, since it is on sale, something is lacking. */
const gaps: Finding[] = [
  {
    kind: 'nothing-held',
    key: sql(`a.id || ':' || ${dayAt('lower(g.gap)')}`),
    source: sql('a.id'),
    due: sql('lower(g.gap)'),
    day: sql(dayAt('lower(g.gap)')),
    shows: sql('g.gap'),
    reference: sql("''"),
    licences: liveLicences,
    from: Prisma.sql`FROM a CROSS JOIN LATERAL (SELECT ${since(onSaleSince)} - coalesce(range_agg(q.period), '{}') AS gap FROM acquisitions q WHERE ${sql(current('q'))} AND q.sub_licensable) g
      WHERE ${sql(onSale)} AND NOT isempty(g.gap)`,
  },
  {
    kind: 'schedule-refused',
    key: sql(`a.id || ':' || ${dayAt('a.publish_at')}`),
    source: sql('a.id'),
    due: sql('a.publish_at'),
    day: sql(dayAt('a.publish_at')),
    shows: since('a.publish_at'),
    reference: sql('left(a.schedule_refused, 200)'),
    from: sql("FROM a WHERE a.state = 'SCHEDULED' AND a.schedule_refused IS NOT NULL AND a.publish_at IS NOT NULL"),
  },
  {
    kind: 'release-missing',
    key: sql(`a.id || ':' || k.kind || ':' || ${dayAt('lower(g.gap)')}`),
    source: sql('a.id'),
    due: sql('lower(g.gap)'),
    day: sql(dayAt('lower(g.gap)')),
    shows: sql('g.gap'),
    reference: sql("''"),
    party: sql('k.kind'),
    licences: liveLicences,
    // Somebody was asked, or is seen: an answer is a consent, a refusal, or that none is needed; a consent withdrawn is none any more.
    from: Prisma.sql`FROM a CROSS JOIN LATERAL (VALUES ('MODEL', a.shows_people), ('PROPERTY', a.shows_property)) k(kind, shown) CROSS JOIN LATERAL (
        SELECT count(*) AS asked, ${since(onSaleSince)} - coalesce(range_agg(r.period) FILTER (WHERE r.status <> 'WITHDRAWN'), '{}') AS gap
        FROM releases r WHERE ${sql(current('r'))} AND r.kind::text = k.kind) g
      WHERE ${sql(onSale)} AND NOT a.editorial_only AND (k.shown OR (k.shown IS NULL AND g.asked > 0)) AND NOT isempty(g.gap)`,
  },
  {
    kind: 'unanswered',
    key: sql('a.id'),
    source: sql('a.id'),
    due: sql(onSaleSince),
    day: sql(dayAt(onSaleSince)),
    shows: since(onSaleSince),
    reference: sql("''"),
    party: sql("string_agg(k.kind, ' ' ORDER BY k.kind)"),
    licences: liveLicences,
    from: sql(`FROM a CROSS JOIN LATERAL (VALUES ('MODEL', a.shows_people), ('PROPERTY', a.shows_property)) k(kind, shown)
      WHERE ${onSale} AND NOT a.editorial_only AND k.shown IS NULL AND NOT EXISTS (SELECT 1 FROM releases r WHERE ${current('r')} AND r.kind::text = k.kind)
      GROUP BY a.no, a.id, a.zone, a.published_at, a.created_at`),
  },
]

/** What waits for a word from the desk. */
const waiting: Finding[] = [
  {
    kind: 'import-collides',
    key: sql('i.id'),
    source: sql('i.id'),
    due: sql('i.recorded_at'),
    day: sql(dayAt('i.recorded_at')),
    shows: since('i.recorded_at'),
    reference: sql("i.shop || ' ' || i.reference"),
    party: sql('i.holder'),
    licences: sql('1'),
    from: sql("FROM a JOIN imported_sales i ON i.asset_no = a.no AND i.state = 'COLLIDES'"),
  },
  {
    kind: 'twin-suspected',
    key: sql(`m.group_id || ':' || ${dayAt('m.added_at')}`),
    source: sql('m.group_id'),
    due: sql('m.added_at'),
    day: sql(dayAt('m.added_at')),
    shows: since('m.added_at'),
    reference: sql('m.name'),
    from: sql(`FROM a JOIN LATERAL (SELECT m.group_id, m.added_at, g.name FROM exclusivity_members m JOIN exclusivity_groups g ON g.id = m.group_id
      WHERE m.asset_no = a.no AND m.state = 'SUSPECTED' AND m.left_at IS NULL) m ON true`),
  },
  {
    kind: 'request-waits',
    key: sql('q.id'),
    source: sql('q.id'),
    due: sql('q.created_at'),
    day: sql(dayAt('q.created_at')),
    shows: since('q.created_at'),
    reference: sql('q.purpose'),
    holder: sql('q.org_id'),
    from: sql("FROM a JOIN grant_requests q ON q.asset_id = a.id AND q.house_id = a.house_id AND q.state = 'WAITING'"),
  },
  {
    kind: 'second-in-line',
    key: sql('w.id'),
    source: sql('w.id'),
    due: sql('w.created_at'),
    day: sql(dayAt('w.created_at')),
    shows: since('w.created_at'),
    reference: sql("''"),
    holder: sql('w.org_id'),
    from: sql('FROM a JOIN rights_waits w ON w.asset_no = a.no AND w.told_at IS NULL AND w.ended_at IS NULL'),
  },
  {
    kind: 'file-rights',
    // The same words in many files are one line: an agency writes them into all that it sends.
    key: sql(`p.kind || ':' || left(p.ground, 24)`),
    source: sql('p.id'),
    due: sql('p.proposed_at'),
    day: sql(dayAt('p.proposed_at')),
    shows: since('p.proposed_at'),
    reference: sql('p.summary'),
    party: sql('p.kind::text'),
    licences: liveLicences,
    from: sql("FROM a JOIN rights_proposals p ON p.asset_no = a.no AND p.state = 'OPEN' WHERE a.state <> 'ARCHIVED'"),
  },
]

/** Everything that there is to do about these assets of a house, as rows of `worklist_findings`. The clock has no part in it: `shows` says when. */
export const findingsOf = (houseId: string, zone: string, assetNos: readonly bigint[]): Prisma.Sql => Prisma.sql`
  WITH a AS MATERIALIZED (SELECT no, id, house_id, state, sells_royalty_free, sells_rights_managed, shows_people, shows_property, editorial_only, published_at, created_at, publish_at, schedule_refused,
    ${zone}::text AS zone FROM assets WHERE house_id = ${houseId} AND no = ANY(${[...assetNos]}::bigint[]))
  ${Prisma.join([...endings, ...conflicts, ...gaps, ...waiting].map(rowsOf), ' UNION ALL ')}`

/** What is about no asset: changes that were drawn up and not applied. */
export const findingsOfHouse = (houseId: string, zone: string): Prisma.Sql => Prisma.sql`
  SELECT 'change-draft:' || id AS item, 'change-draft' AS kind, 0::bigint AS asset_no, id AS source_id, created_at AS due_at, (created_at AT TIME ZONE ${zone})::date AS day,
    tstzmultirange(tstzrange(created_at, NULL)) AS shows, left(reference, 200) AS reference, kind::text AS party, NULL::text AS holder_org_id, item_count AS licences, asset_count AS pictures
  FROM change_plans WHERE house_id = ${houseId} AND state = 'DRAFT'`
