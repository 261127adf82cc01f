import { addKitItem, createKit, editKit } from '#services/catalog/brand-kits.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addDays } from '#services/kernel/period.ts'
import { grantKit } from '#services/licensing/kit-grants.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import type { Library } from './library.ts'
import type { Cast } from './sales.ts'
import { sure, type Story } from './story.ts'

interface Kit {
  title: string
  description: string
  guidance: string
  cover: string
  sections: Record<string, string[]>
}

const brandKit: Kit = {
  title: 'Northlight brand kit',
  description: 'Logos, colours, type and the guidelines: everything you need to show that we work together.',
  guidance: 'Use the logo on calm ground and keep the height of the symbol free around it. Name the maker beside every historic photograph. When in doubt, ask: requests are answered within a day.',
  cover: 'northlight-symbol',
  sections: { Logos: ['northlight-symbol', 'northlight-logo-dark', 'northlight-logo-light'], 'Colour and type': ['northlight-colours', 'northlight-type'], Guidelines: ['northlight-guidelines'], Pictures: ['seven-ridges', 'march-pastoral'] },
}
const springKit: Kit = {
  title: 'Spring campaign',
  description: 'Patterns and plants for the spring windows.',
  guidance: 'For window displays and the campaign site only. Patterns may be cropped, not recoloured.',
  cover: 'quarter-turns',
  sections: { Patterns: ['quarter-turns', 'summer-weave'], Plants: ['allium-oreophilum'], Logos: ['northlight-logo-dark'] },
}

async function build(story: Story, librarian: Person, library: Library, { sections, cover, ...kit }: Kit): Promise<string> {
  const ctx = story.as(librarian)
  const { kitId } = sure(await createKit(ctx, { title: kit.title, description: kit.description }), `make the kit ${kit.title}`)
  for (const [section, pieces] of Object.entries(sections)) for (const piece of pieces) sure(await addKitItem(ctx, { kitId, assetId: library.get(piece) ?? '', section }), `put ${piece} into a kit`)
  sure(await editKit(ctx, { kitId, ...kit, coverAssetId: library.get(cover) ?? '' }), `finish the kit ${kit.title}`)
  return kitId
}

/** Two kits: one in force for both partners, one whose season is over. */
export async function handOutKits(story: Story, cast: Cast, library: Library): Promise<void> {
  const { lena, maren, nora, emil } = cast as Record<string, Person>
  if (!lena || !maren || !nora || !emil) throw new Error('the cast is not complete')
  const today = story.today.toISOString().slice(0, 10)
  const terms = (from: number, until: number | null): ScopeTerms => ({
    media: ['advertising', 'social', 'corporate', 'out-of-home'], territory: { include: ['DACH'] }, industry: 'ALL', from: addDays(today, from), until: until === null ? null : addDays(today, until), zone: 'Europe/Berlin', exclusive: false,
  })
  const brand = await build(story, lena, library, brandKit)
  const spring = await build(story, lena, library, springKit)
  const desk = story.as(maren)
  // Its files are printed in this very process, which on a small machine leaves a transaction no time.
  await story.calm()
  sure(await grantKit(desk, { kitId: brand, orgId: nora.orgId, terms: terms(-400, 300) }), 'grant the brand kit to Kaffeewerk')
  await story.calm()
  sure(await grantKit(desk, { kitId: spring, orgId: nora.orgId, terms: terms(-400, -180) }), 'grant the spring kit to Kaffeewerk')
  await story.calm()
  sure(await grantKit(desk, { kitId: spring, orgId: emil.orgId, terms: terms(-400, -180) }), 'grant the spring kit to Studio Halm')
}
