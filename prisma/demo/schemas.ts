import { applyBulkEdit, previewBulkEdit } from '#services/assets/bulk-edits.ts'
import { startMediaTopics } from '#services/assets/media-topics.ts'
import { saveField } from '#services/assets/own-field-editing.ts'
import { addTerm, createVocabulary } from '#services/assets/vocabularies.ts'
import { saveFieldInput } from '#services/assets/vocabulary-schema.ts'
import type { Person } from '#services/kernel/actor.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** The house's own taxonomy: what its pictures are used for. */
const uses = [
  { label: 'Brand', labelDe: 'Marke', below: ['Campaign', 'Packaging', 'Trade fair'] },
  { label: 'Editorial', labelDe: 'Redaktion', below: ['Magazine', 'Annual report'] },
  { label: 'Interior', labelDe: 'Innenraum', below: ['Wall print', 'Exhibition'] },
]
const techniques = ['Silver gelatin', 'Cyanotype', 'Woodcut', 'Digital', 'Vector']

/** The librarian says what the house wants to know of photographs and logos, and files what is there by it. */
export async function keepFields(story: Story, librarian: Person, library: Library): Promise<void> {
  const ctx = story.as(librarian)
  const topics = await startMediaTopics(ctx)
  const tree = sure(await createVocabulary(ctx, { code: 'uses', name: 'Uses', nameDe: 'Verwendung', notes: 'What the house’s pictures are meant for.', tree: true }), 'make a tree')
  for (const { below, ...words } of uses) {
    const top = sure(await addTerm(ctx, { ...words, vocabularyId: tree.vocabularyId, altLabels: [], notes: '' }), 'add a term')
    for (const label of below)
      sure(await addTerm(ctx, { label, labelDe: '', vocabularyId: tree.vocabularyId, broaderId: top.termId, altLabels: [], notes: '' }), 'add a term')
  }
  const list = sure(await createVocabulary(ctx, { code: 'techniques', name: 'Techniques', nameDe: 'Techniken', notes: '', tree: false }), 'make a list')
  const made: Record<string, string> = {}
  for (const label of techniques)
    made[label] = sure(await addTerm(ctx, { label, labelDe: '', vocabularyId: list.vocabularyId, altLabels: [], notes: '' }), 'add a term').termId

  const fields = [
    { code: 'technique', label: 'Technique', labelDe: 'Technik', type: 'CHOICE', vocabularyId: list.vocabularyId, kinds: ['PHOTOGRAPH', 'ILLUSTRATION'], outside: 'on', section: 'Making' },
    { code: 'meant-for', label: 'Meant for', type: 'CHOICES', vocabularyId: tree.vocabularyId, kinds: ['PHOTOGRAPH', 'ILLUSTRATION', 'LOGO'], section: 'Use' },
    { code: 'subjects', label: 'Subjects', labelDe: 'Themen', type: 'CHOICES', vocabularyId: topics.vocabularyId, kinds: ['PHOTOGRAPH'], outside: 'on', section: 'Making' },
    { code: 'clear-space', label: 'Clear space', labelDe: 'Schutzraum', type: 'TEXT', help: 'In widths of the sign.', kinds: ['LOGO'], section: 'Use' },
    { code: 'brand-owner', label: 'Who looks after it', type: 'PERSON', kinds: ['LOGO'], section: 'Use' },
  ]
  let version = 0
  const ids: Record<string, string> = {}
  for (const [position, field] of fields.entries()) {
    const saved = sure(await saveField(ctx, saveFieldInput.parse({ position, searchable: 'on', need: 'NEVER', ...field, seenVersion: version })), `add the field ${field.label}`)
    version = saved.version
    ids[field.code] = saved.fieldId
  }

  const drawn = ['quarter-turns', 'tidal-currents', 'island-survey', 'summer-weave', 'seven-ridges', 'seed-head'].flatMap((piece) => library.get(piece) ?? [])
  const preview = sure(
    await previewBulkEdit(ctx, { ids: drawn, changes: [{ field: `own.${ids['technique'] ?? ''}`, op: 'set', value: [made['Digital'] ?? ''] }] }),
    'look at a bulk edit',
  )
  sure(await applyBulkEdit(ctx, { editId: preview.editId }), 'file what was drawn by rule')
}
