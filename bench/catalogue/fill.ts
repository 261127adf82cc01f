import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { PrismaClient } from '#services/platform/db.ts'

export interface CatalogueRecord {
  title: string
  creator: string
  keywords: string[]
  description: string
  date: string
}

/** Real records of three museums (Tate, Carnegie Museum of Art, Teenie Harris archive; all CC0), as they are. */
export const records = (): CatalogueRecord[] =>
  gunzipSync(readFileSync(new URL('./records.ndjson.gz', import.meta.url)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CatalogueRecord)

/** The same numbers in each run. */
export function dice(seed: number) {
  let state = seed
  const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below
  return { next, pick: <T>(list: readonly T[]): T => list[next(list.length)] as T }
}

const places = ['crop', 'detail', 'study', 'copy', 'print', 'verso', 'left', 'right']
const colours = ['red', 'blue', 'green', 'grey', 'brown', 'yellow']

/** A record, and from the second round on a varied copy: a tail on the title, half of the keywords drawn anew. */
function variant(all: readonly CatalogueRecord[], i: number, { next, pick }: ReturnType<typeof dice>): CatalogueRecord {
  const record = all[i % all.length] as CatalogueRecord
  if (i < all.length) return record
  const other = pick(all)
  return {
    ...record,
    title: `${record.title} ${pick(places)} ${next(400)} ${pick(colours)}`,
    keywords: [...record.keywords.slice(0, 3), ...other.keywords.slice(-3)],
    creator: next(3) === 0 ? other.creator : record.creator,
    date: String(1850 + next(175)),
  }
}

const day = 86_400
/**
 * A house of `count` published pictures: rows made directly, with the triggers asleep, then the index as a rebuild makes it.
 * Four hundred kinds of contract share the rights; every twentieth picture has exclusive licences.
 */
export async function fillCatalogue(db: PrismaClient, houseId: string, count: number): Promise<void> {
  const all = records()
  const random = dice(7)
  const tables = ['assets', 'asset_versions', 'renditions', 'declarations', 'acquisitions', 'claims']
  for (const table of tables) await db.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  await db.$executeRaw`INSERT INTO organisations (id, house_id, kind, name, slug, created_at) VALUES (${houseId}, ${houseId}, 'OWNER', 'Bench', ${houseId}, now())`
  for (let from = 0; from < count; from += 5_000) {
    const batch = Array.from({ length: Math.min(5_000, count - from) }, (_, i) => ({ i: from + i, ...variant(all, from + i, random) }))
    await db.$executeRaw`
      INSERT INTO assets (id, no, house_id, kind, state, audience, title, description, keywords, creator, date_created, shows_people, shows_property, sells_royalty_free, sells_rights_managed,
        price_factor_bp, published_at, created_at, changed_at, facets, current_version_id, published_version_id)
      SELECT 'ast_' || lpad(i::text, 8, '0'), i + 1, ${houseId}, (ARRAY['PHOTOGRAPH', 'PHOTOGRAPH', 'PHOTOGRAPH', 'ILLUSTRATION', 'DOCUMENT'])[i % 5 + 1]::asset_kind, 'PUBLISHED', 'STORE', title, description, k.list, creator, nullif(date, ''),
        i % 3 = 0, false, i % 4 <> 0, i % 5 <> 0, (ARRAY[5000, 10000, 10000, 20000])[i % 4 + 1], to_timestamp(1700000000 + i), now(), now(),
        (ARRAY[1, 1, 1, 2, 8])[i % 5 + 1] | (32 << (i % 3)) | (256 << (i % 13)) | (256 << (i % 7)) | CASE WHEN i % 4 <> 0 THEN 1 << 21 ELSE 0 END | CASE WHEN i % 5 <> 0 THEN 1 << 22 ELSE 0 END, NULL, NULL
      FROM json_to_recordset(${JSON.stringify(batch)}::json) AS r (i int, title text, description text, keywords json, creator text, date text), LATERAL (SELECT ARRAY(SELECT json_array_elements_text(r.keywords))) k (list)`
  }
  await db.$executeRaw`
    INSERT INTO asset_versions (id, house_id, asset_id, number, file_name, media_type, byte_size, sha256, crc32, storage_key, width, height, orientation, dominant_colour, palette, processing, created_at)
    SELECT replace(id, 'ast', 'ver'), house_id, id, 1, 'a.jpg', 'image/jpeg', 1, repeat('0', 64), 0, id, 640, 427, 'LANDSCAPE', '#' || left(md5(no::text), 6), ARRAY['#' || substr(md5(no::text), 7, 6), '#' || substr(md5(no::text), 13, 6)],
      'READY', created_at FROM assets WHERE house_id = ${houseId}`
  await db.$executeRaw`UPDATE assets SET published_version_id = replace(id, 'ast', 'ver') WHERE house_id = ${houseId}`
  await db.$executeRaw`
    INSERT INTO renditions (id, version_id, preset, media_type, width, height, byte_size, sha256, crc32, storage_key, watermarked, created_at)
    SELECT replace(id, 'ast', 'ren'), replace(id, 'ast', 'ver'), 'grid', 'image/webp', 640, 427, 1, repeat('0', 64), 0, id, true, created_at FROM assets WHERE house_id = ${houseId}`
  // The engine knows no rights of a picture of which nobody said what it shows.
  await db.$executeRaw`
    INSERT INTO declarations (house_id, asset_id, asset_no, shows_people, shows_property, editorial_only, recorded_at)
    SELECT house_id, id, no, shows_people, shows_property, editorial_only, created_at FROM assets WHERE house_id = ${houseId}`
  await db.$executeRaw`
    INSERT INTO acquisitions (id, house_id, asset_id, asset_no, contract, licensor, media_set, territory_set, industry_set, period, terms, sub_licensable, exclusive, recorded_at)
    SELECT replace(id, 'ast', 'acq'), house_id, id, no, 'C-' || shape, 'L',
      CASE WHEN shape % 3 = 0 THEN '{[0,)}' ELSE format('{[%s,%s)}', shape % 30 + 1, shape % 30 + 34) END::int4multirange,
      CASE WHEN shape % 4 = 0 THEN '{[0,)}' ELSE format('{[%s,%s)}', shape % 120 + 1, shape % 120 + 131) END::int4multirange, '{[0,)}', tstzrange('2020-01-01', CASE WHEN shape % 5 = 0 THEN '2029-01-01'::timestamptz END), '{}', true, true, '2020-01-01'
    FROM (SELECT *, ((no * no) % 401 % 400)::int AS shape FROM assets WHERE house_id = ${houseId}) a`
  await db.$executeRaw`
    INSERT INTO claims (house_id, asset_no, subject_no, licence_no, media_set, territory_set, industry_set, period, exclusive, state, created_at)
    SELECT house_id, no, no, no * 10 + k, format('{[%s,%s)}', (no + k * 7) % 60 + 1, (no + k * 7) % 60 + 4)::int4multirange, format('{[%s,%s)}', (no * 3 + k) % 240 + 1, (no * 3 + k) % 240 + 9)::int4multirange, '{[0,)}',
      tstzrange(now() - make_interval(secs => ${day}::int), now() + make_interval(days => 400)), true, 'ACTIVE', now()
    FROM assets, generate_series(1, 3) k WHERE house_id = ${houseId} AND no % 20 = 0`
  for (const table of tables) await db.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  await db.$executeRaw`ANALYZE`
}
