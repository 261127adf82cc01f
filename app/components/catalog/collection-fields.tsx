import type { FieldLike } from '../ui/field.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'

/** Title, description, and whether it stands on the home page. */
export function CollectionFields({ title, description, featured }: { title: FieldLike; description: FieldLike; featured: FieldLike }) {
  return (
    <>
      <TextField field={title} label="Title" autoComplete="off" />
      <TextArea field={description} label="Description" hint="One or two sentences that the store shows." optional />
      <Checkbox field={featured} label="Show it on the home page" />
    </>
  )
}
