import { useState } from 'react'
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

const allMedia: SoughtGroup = { label: 'Everything', options: [{ value: 'ALL', label: 'All media', words: ['everything', 'all uses'] }] }
const mediaGroups = (choices: Pick<ScopeChoices, 'media'>): SoughtGroup[] => [
  allMedia,
  ...choices.media.map(({ value, label, words, options }) => ({
    label,
    options: [{ value, label: `${label}, all of it`, words: [label, ...(words ?? [])] }, ...options],
  })),
]
type Places = Pick<ScopeChoices, 'areas' | 'regions' | 'countries'>
const placeGroups = ({ areas, regions, countries }: Places): SoughtGroup[] => [
  { label: 'Areas', options: areas },
  { label: 'Regions', options: regions },
  { label: 'Countries', options: countries },
]

/** Media by typing: groups with all of theirs, and single ones. */
export const MediaPicker = ({ choices, ...props }: PickerProps & { choices: Pick<ScopeChoices, 'media'> }) => (
  <TypeAhead key={props.field?.key} groups={mediaGroups(choices)} noun="media" placeholder="Type a medium" {...own(props)} />
)

/** Places by typing: countries, regions and areas of trade, by name, code or other name. */
export const PlacePicker = ({ choices, ...props }: PickerProps & { choices: Places }) => (
  <TypeAhead key={props.field?.key} groups={placeGroups(choices)} noun="places" placeholder="Type a place" {...own(props)} />
)

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
  const groups = placeGroups(choices)
  const where = (
    <TypeAhead
      key={`in${include.field?.key}`}
      groups={groups}
      noun="places"
      placeholder="Type a place, or a list"
      onExcept={(values) => setAdded([...values])}
      {...own(include)}
    />
  )
  const without = (
    <TypeAhead
      key={`ex${except.field?.key}`}
      groups={groups}
      noun="exceptions"
      placeholder="Type a place"
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
export const IndustryPicker = ({ choices, ...props }: PickerProps & { choices: Pick<ScopeChoices, 'industries'> }) => (
  <TypeAhead
    key={props.field?.key}
    groups={choices.industries.map(({ value, label, words, options }) => ({
      label,
      options: [{ value, label: `${label}, all of it`, words: [label, ...(words ?? [])] }, ...options.filter((one) => one.value !== value)],
    }))}
    noun="industries"
    placeholder="Type an industry"
    {...own(props)}
  />
)
