import { priceInFigures, type KeptRow } from '#services/clearance/stored-rows.ts'
import type { Cleared } from '#services/clearance/programs.ts'
import { kindWords } from '#services/clearance/rules/lights.ts'
import { csvHeader, csvRow } from '#services/clearance/views.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'

const scopeOf = ({ media, territory, industry, from, until, exclusive }: ScopeTerms) => ({
  media,
  territory: territory.include,
  except: territory.except ?? [],
  industry: industry === 'ALL' ? [] : industry,
  from,
  until,
  exclusive,
})

/** An answer as the API sends it: see the schema in openapi.server.ts, which a test holds it to. */
const answerOf = ({ rowNo, asset, assetId, use, light, kind, reasons, nearest, licences, price }: KeptRow) => ({
  row: rowNo,
  reference: use.given.reference ?? '',
  asset: { asked: asset, id: assetId },
  light: light.toLowerCase(),
  kind,
  answer: kindWords[kind].title,
  reasons: reasons.map(({ cause = null, words }) => ({ cause, words })),
  nearest: nearest.map(({ axis, kept, words, terms }) => ({ axis, kept: kept / 1_000, words, use: scopeOf(terms) })),
  licences,
  price: price && { amount: priceInFigures(price), currency: price.currency, model: price.model },
})

/** The answers as JSON, or as CSV where that is asked for. */
export function clearanceAnswer(request: Request, { clearanceId, rows }: Cleared): Response {
  const headers: Record<string, string> = {
    'Cache-Control': 'no-store',
    Vary: 'Accept',
    ...(clearanceId && { Location: `/clearance/lists/${clearanceId}` }),
  }
  if (prefersCsv(request.headers.get('accept') ?? ''))
    return new Response(csvHeader() + rows.map(csvRow).join(''), { headers: { ...headers, 'Content-Type': 'text/csv; charset=utf-8' } })
  const count = (light: KeptRow['light']) => rows.reduce((n, row) => n + (row.light === light ? 1 : 0), 0)
  const counts = { green: count('GREEN'), amber: count('AMBER'), red: count('RED'), error: count('ERROR') }
  return Response.json({ clearance: clearanceId, counts, answers: rows.map(answerOf) }, { headers })
}

/** Whichever of the two is named first: no program that wants one names the other as well. */
function prefersCsv(accept: string): boolean {
  const [csv, json] = [accept.indexOf('text/csv'), accept.indexOf('application/json')]
  return csv >= 0 && (json < 0 || csv < json)
}
