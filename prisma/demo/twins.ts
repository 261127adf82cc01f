import type { Person } from '#services/kernel/actor.ts'
import { flagTwins, groupTwins } from '#services/rights/twins.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** Two posters of one series share their exclusivity; two plates of one herbarium wait for somebody to look at them. */
export async function pairPictures(story: Story, maren: Person, library: Library): Promise<void> {
  const ctx = story.as(maren)
  const ids = (...slugs: string[]): string[] => slugs.map((slug) => library.get(slug) ?? '')
  sure(await groupTwins(ctx, { assetIds: ids('quarter-turns', 'half-moons'), name: 'Geometric posters', why: 'Studies for one poster' }), 'group two posters')
  sure(await flagTwins(ctx, { assetIds: ids('acanthus-mollis', 'allium-oreophilum'), name: 'Blossfeldt’s plates', why: 'Plates of one portfolio, much alike' }), 'suspect two plates')
}
