import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { Badge } from '#app/components/ui/badge.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { sheetFields, type SheetField, type SheetWords } from '#services/assets/rules/sheet-words.ts'
import type { SheetLine } from '#services/assets/sheet.ts'

/** What was sent of a line and not written down, with why. */
export interface SheetRefusal {
  problems: string[]
  fields: Partial<Record<SheetField, string[]>>
  sent: SheetWords
  /** What stood there when it was written: the next try is held against that too. */
  was: SheetWords
}

const answers = [
  { value: 'unknown', label: 'Nobody has said' },
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
]
const demandOf: Record<SheetField, string> = {
  title: 'title',
  altText: 'alt-text',
  keywords: '',
  creator: 'credit',
  showsPeople: 'people',
  showsProperty: 'people',
}

/** One asset of a sheet: its picture, and the words that are its own. What is lacking is marked, and comes first to the keyboard's hand. */
export function SheetRowFields({
  line: { id, version, words, lacks },
  refused,
  was = refused?.was ?? words,
}: {
  line: SheetLine
  refused: SheetRefusal | undefined
  was?: SheetWords | undefined
}) {
  const shown = refused?.sent ?? words
  const lacking = new Set<string>(lacks.map(({ demand }) => demand))
  const elsewhere = lacks.filter(({ demand }) => !sheetFields.some((field) => demandOf[field] === demand))
  const of = (field: SheetField) => ({
    name: `${field}:${id}`,
    defaultValue: shown[field],
    errors: refused?.fields[field],
    ...(lacking.has(demandOf[field]) && (words[field] === '' || words[field] === 'unknown') && { 'data-lacking': '' }),
  })
  return (
    <fieldset className="sheet-line" aria-labelledby={`sheet-${id}`}>
      <input type="hidden" name="row" value={id} />
      <input type="hidden" name={`was:${id}`} value={JSON.stringify(was)} />
      <div className="sheet-picture">
        <AssetPicture assetId={id} version={version} alt={words.altText || words.title} ratio="4 / 3" />
        <p className="small" id={`sheet-${id}`}>
          <Link to={`/library/assets/${id}`}>{words.title || 'Without a title'}</Link>
        </p>
        {elsewhere.length > 0 && <p className="small muted">Also lacking: {elsewhere.map(({ label }) => label).join(', ')}.</p>}
      </div>
      <div className="sheet-fields">
        {refused && refused.problems.length > 0 && (
          <p role="alert">
            <Badge tone="danger">Not saved</Badge> {refused.problems.join(' ')}
          </p>
        )}
        <TextField {...of('title')} label="Title" maxLength={200} />
        <TextArea {...of('altText')} label="Alternative text" rows={2} maxLength={1000} />
        <Columns least="12rem" gap="md">
          <TextField {...of('keywords')} label="Keywords" optional autoComplete="off" />
          <TextField {...of('creator')} label="Creator" maxLength={200} />
          <Select {...of('showsPeople')} label="Recognisable people" options={answers} />
          <Select {...of('showsProperty')} label="Private property or artwork" options={answers} />
        </Columns>
      </div>
    </fieldset>
  )
}
