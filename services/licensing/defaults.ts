import type { Ctx } from '../platform/context.ts'
import { defaultPriceBook } from './defaults/price-book.ts'
import { defaultTerms } from './defaults/terms.ts'
import { currentPriceBook, publishPriceBook } from './price-books.ts'
import { licenceModels } from './rules/models.ts'
import { currentTerms, publishTerms } from './terms-templates.ts'

/** Give a new house prices and terms to start with. What it has already is left as it is: running twice changes nothing. */
export async function installDefaults(ctx: Ctx<'db' | 'clock' | 'actor'>): Promise<void> {
  if (!(await currentPriceBook(ctx))) await publishPriceBook(ctx, { book: defaultPriceBook, note: 'Prices to start with' })
  for (const model of licenceModels) if (!(await currentTerms(ctx, model))) await publishTerms(ctx, { model, ...defaultTerms[model] })
}
