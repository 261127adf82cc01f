import { searchPage } from '#services/catalog/search.ts'
import { noFilters } from '#services/catalog/rules/facets.ts'
import { addSynonyms } from '#services/catalog/synonyms.ts'
import type { Person } from '#services/kernel/actor.ts'
import { sure, type Story } from './story.ts'

/** What visitors looked for in vain, and the words that the librarian takes for the same since. */
export async function lookInVain(story: Story, librarian: Person): Promise<void> {
  const guest = story.as({ kind: 'guest', houseId: librarian.houseId })
  for (const text of ['zeppelin', 'office meeting', 'zeppelin', 'Weihnachtsmarkt']) await searchPage(guest, { text, filters: noFilters(), sort: 'relevance', page: 1 })
  const ctx = story.as(librarian)
  sure(await addSynonyms(ctx, { words: ['plane', 'aeroplane', 'airplane', 'flugzeug'] }), 'keep synonyms')
  sure(await addSynonyms(ctx, { words: ['boat', 'ship', 'boot', 'schiff'] }), 'keep synonyms')
}
