import { Form, Link } from '@remix-run/react'
import type { PictureToAsk } from '#services/clearance/views.ts'
import { previewUrl } from '../catalog/preview.ts'
import { Button } from '../ui/button.tsx'
import { Picture } from '../ui/picture.tsx'
import { TextField } from '../ui/text-field.tsx'

interface PickerProps {
  picture: PictureToAsk | null
  found: readonly PictureToAsk[] | null
  find: string
  /** The other answers, as the fields of the form and the links carry them. */
  kept: readonly (readonly [string, string])[]
  staff: boolean
}

const thumbnail = ({ id, versionId }: PictureToAsk, staff: boolean): string | null =>
  versionId && (staff ? `/previews/${id}/clean-grid?v=${versionId}` : previewUrl(id, 'grid', versionId))

/** Which picture: the chosen one with a way to another, or a search by title, number or name of the file. */
export function PicturePicker({ picture, found, find, kept, staff }: PickerProps) {
  const withAnswers = (more: Record<string, string>) =>
    `/clearance?${new URLSearchParams([...Object.entries(more), ...kept.map(([name, value]): [string, string] => [name, value])])}`
  if (picture)
    return (
      <div className="picked">
        <Picture src={thumbnail(picture, staff)} alt="" ratio="1 / 1" />
        <div>
          <h2>{picture.title}</h2>
          <p className="muted small numeric">No {picture.no}</p>
          <Link to={withAnswers({})}>Choose another picture</Link>
        </div>
      </div>
    )
  return (
    <div className="stack">
      <Form className="picker-search" action="/clearance">
        {kept.map(([name, value], i) => (
          <input key={i} type="hidden" name={name} value={value} />
        ))}
        <TextField
          name="q"
          type="search"
          label="Which picture?"
          hint="Its title, its number, or the name of its file."
          defaultValue={find}
          maxLength={100}
          autoComplete="off"
          required
        />
        <Button type="submit" tone="primary" icon="search">
          Find
        </Button>
      </Form>
      {found && (
        <div role="status">
          {found.length === 0 ? (
            <p>
              No picture is called “{find}”. Try fewer words, or{' '}
              <Link to={staff ? '/library' : '/search'}>look for it in the {staff ? 'library' : 'store'}</Link>.
            </p>
          ) : (
            <p className="visually-hidden">{found.length === 1 ? 'One picture found.' : `${found.length} pictures found.`}</p>
          )}
        </div>
      )}
      {found && found.length > 0 && (
        <ul className="picker-found">
          {found.map((one) => (
            <li key={one.id}>
              <Link to={withAnswers({ asset: one.id })}>
                <Picture src={thumbnail(one, staff)} alt="" ratio="1 / 1" />
                <span>
                  {one.title}
                  <span className="muted small numeric"> No {one.no}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
