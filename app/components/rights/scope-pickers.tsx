import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { FieldLike } from '#app/components/ui/field.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { TypeAhead, type SoughtGroup } from '#app/components/ui/type-ahead.tsx'
import type { ScopeChoices } from '#services/rights/rules/vocabulary/choices.ts'

interface PickerProps {
  label: string
  /** Conform's field, or a name of one's own with what is chosen. */
  field?: FieldLike | undefined
  name?: string
  chosen?: readonly string[]
  optional?: boolean
  hideLabel?: boolean
  hint?: string
  placeholder?: string
}
const own = ({ field, ...rest }: PickerProps) => ({ ...rest, ...(field && { field }) })

type Say = ReturnType<typeof useTranslations<'ui.pickers'>>

const mediaGroups = (choices: Pick<ScopeChoices, 'media'>, t: Say): SoughtGroup[] => [
  { label: t('everything'), options: [{ value: 'ALL', label: t('all-media'), words: ['everything', 'all uses', 'All media'] }] },
  ...choices.media.map(({ value, label, words, options }) => ({
    label,
    options: [{ value, label: t('all-of', { name: label }), words: [label, ...(words ?? [])] }, ...options],
  })),
]
type Places = Pick<ScopeChoices, 'areas' | 'regions' | 'countries'>
const placeGroups = ({ areas, regions, countries }: Places, t: Say): SoughtGroup[] => [
  { label: t('areas'), options: areas },
  { label: t('regions'), options: regions },
  { label: t('countries'), options: countries },
]

/** Media by typing: groups with all of theirs, and single ones. */
export function MediaPicker({ choices, ...props }: PickerProps & { choices: Pick<ScopeChoices, 'media'> }) {
  const t = useTranslations('ui.pickers')
  return <TypeAhead key={props.field?.key} groups={mediaGroups(choices, t)} noun={t('media')} placeholder={t('medium')} {...own(props)} />
}

/** Places by typing: countries, regions and areas of trade, by name, code or other name. */
export function PlacePicker({ choices, ...props }: PickerProps & { choices: Places }) {
  const t = useTranslations('ui.pickers')
  return <TypeAhead key={props.field?.key} groups={placeGroups(choices, t)} noun={t('places')} placeholder={t('place')} {...own(props)} />
}

/** Places, and what is left out of them; "worldwide except Japan" typed into the first fills both. */
export function PlacesPicker({
  choices,
  include,
  except,
  fold,
}: {
  choices: Places
  include: PickerProps
  except: PickerProps
  /** Words under which the exceptions are folded away while there are none. */
  fold?: string
}) {
  const [added, setAdded] = useState<readonly string[]>()
  const t = useTranslations('ui.pickers')
  const groups = placeGroups(choices, t)
  const where = (
    <TypeAhead
      key={`in${include.field?.key}`}
      groups={groups}
      noun={t('places')}
      placeholder={t('place-list')}
      onExcept={(values) => setAdded([...values])}
      {...own(include)}
    />
  )
  const without = (
    <TypeAhead
      key={`ex${except.field?.key}`}
      groups={groups}
      noun={t('exceptions')}
      placeholder={t('place')}
      {...own(except)}
      {...(added && { added })}
    />
  )
  if (fold === undefined)
    return (
      <Columns least="16rem" gap="md">
        {where}
        {without}
      </Columns>
    )
  return (
    <>
      {where}
      <details className="scope-more" open={Boolean(added) || (except.chosen?.length ?? 0) > 0}>
        <summary>{fold}</summary>
        {without}
      </details>
    </>
  )
}

/** Industries by typing; none chosen stands for all. */
export function IndustryPicker({ choices, ...props }: PickerProps & { choices: Pick<ScopeChoices, 'industries'> }) {
  const t = useTranslations('ui.pickers')
  return (
    <TypeAhead
      key={props.field?.key}
      groups={choices.industries.map(({ value, label, words, options }) => ({
        label,
        options: [
          { value, label: t('all-of', { name: label }), words: [label, ...(words ?? [])] },
          ...options.filter((one) => one.value !== value),
        ],
      }))}
      noun={t('industries')}
      placeholder={t('industry')}
      {...own(props)}
    />
  )
}
