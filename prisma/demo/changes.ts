import { applyChange } from '#services/desk/change-applying.ts'
import { decideItem, decideMany } from '#services/desk/change-deciding.ts'
import { draftChange } from '#services/desk/change-plans.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addDays } from '#services/kernel/period.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** Two things that happened upstream: a holdback that was carried out, and a notice that is being decided. */
export async function changeUpstream(story: Story, maren: Person, library: Library): Promise<void> {
  const ctx = story.as(maren)
  const today = story.today.toISOString().slice(0, 10)
  const zone = 'Europe/Berlin'
  const assetId = library.get('summer-weave') ?? ''

  const applied = sure(
    await draftChange(ctx, {
      change: {
        kind: 'BAN', source: { by: 'assets', reference: '', assetIds: [assetId] }, ban: 'HOLDBACK', reason: 'Held back for the autumn exhibition', reference: 'Letter of the museum, 12 November',
        terms: { media: ['out-of-home'], territory: { include: ['DACH'] }, industry: 'ALL', from: addDays(today, 20), until: addDays(today, 180), zone, exclusive: false },
      },
      reason: 'The museum asked for quiet on posters while its exhibition runs.',
      holderWords: 'Please put up no posters with this picture in Germany, Austria and Switzerland while an exhibition shows it.',
    }),
    'preview a holdback',
  ).planId
  const lines = await ctx.db.changeItem.findMany({ where: { planId: applied, kind: 'LICENCE' }, select: { no: true } })
  for (const { no } of lines) sure(await decideItem(ctx, { planId: applied, no, decision: 'TELL_HOLDER', note: 'Agreed on the telephone.' }), 'decide on a licence')
  await decideMany(ctx, { planId: applied, verdict: 'SUGGESTED', decision: 'open', note: '' })
  sure(await applyChange(ctx, { planId: applied }), 'apply a holdback')
  await story.calm()

  const drafted = sure(
    await draftChange(ctx, {
      change: { kind: 'END_CONTRACT', source: { by: 'contract', reference: 'Own work', assetIds: null }, lastDay: addDays(today, 71), zone },
      reason: 'The studio’s archive is to be sold; its new owner has announced that the agreement ends.',
      holderWords: 'The owner of this picture will no longer permit us to license it.',
    }),
    'preview the end of a contract',
  ).planId
  sure(await decideMany(ctx, { planId: drafted, verdict: 'SUGGESTED', kind: 'LICENCE', loses: 'part', note: '' }), 'decide on some licences')
}
