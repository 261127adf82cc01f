import type { Ctx } from '../platform/context.ts'
import topics from './defaults/media-topics.json' with { type: 'json' }
import { createVocabulary, importTerms } from './vocabularies.ts'

const uri = 'http://cv.iptc.org/newscodes/mediatopic/'

/** The media topics of the IPTC as a vocabulary of the house, to begin with; where they are there, they are brought up to date. */
export async function startMediaTopics(ctx: Ctx<'db' | 'clock' | 'actor'>): Promise<{ vocabularyId: string }> {
  const made = await createVocabulary(ctx, {
    code: 'mediatopics',
    name: 'Media topics',
    nameDe: 'Medienthemen',
    notes: 'What a picture is about, in the words of the world’s news agencies.',
    tree: true,
    source: 'IPTC Media Topics, iptc.org, CC BY 4.0',
    uri,
  })
  const vocabularyId = made.ok ? made.value.vocabularyId : await known(ctx)
  const rows = (topics as { code: string; label: string; labelDe?: string; broader?: string }[]).map(
    ({ code, label, labelDe = '', broader = null }) => ({
      code,
      label,
      labelDe,
      broader,
      altLabels: [],
      notes: '',
      uri: `${uri}${code}`,
      retired: false,
      replacedBy: null,
    }),
  )
  const outcome = await importTerms(ctx, { vocabularyId, rows })
  if (!outcome.ok) throw new Error(`the media topics were not taken in: ${outcome.error}`)
  return { vocabularyId }
}

async function known(ctx: Ctx<'db' | 'actor'>): Promise<string> {
  const { id } = await ctx.db.vocabulary.findFirstOrThrow({
    where: { houseId: ctx.actor.houseId, code: 'mediatopics' },
    select: { id: true },
  })
  return id
}
