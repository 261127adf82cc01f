import { lastPage } from '#services/catalog/rules/facets.ts'

/** The number of the page that an address asks for; the first where it names none that there can be. */
export function pageAsked(request: Request): number {
  const page = Number(new URL(request.url).searchParams.get('page'))
  return Number.isInteger(page) && page >= 1 ? Math.min(page, lastPage) : 1
}
