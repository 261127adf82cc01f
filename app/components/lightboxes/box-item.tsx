import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { BoxItem as Item } from '#services/lightboxes/views.ts'
import { pictureOf } from '../catalog/preview.ts'
import { IconButton, SubmitButton } from '../ui/button.tsx'
import { Link } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'
import { TextArea } from '../ui/text-field.tsx'

interface BoxItemProps {
  item: Item
  boxId: string
  /** The form of everything that is done with several pictures. */
  many: string
  mayEdit: boolean
  talks: boolean
  last: boolean
  dragged: boolean
}

const moves = [
  { step: 'earlier', icon: 'arrow-left', back: true },
  { step: 'later', icon: 'arrow-right', back: false },
  { step: 'first', icon: 'arrow-up', back: true },
  { step: 'last', icon: 'arrow-down', back: false },
] as const

/** One picture of a box, or what is left of one that is gone. */
export function BoxItem({ item, boxId, many, mayEdit, talks, last, dragged }: BoxItemProps) {
  const t = useTranslations('lightboxes')
  const { assetId, tile, note, place } = item
  const action = `/lightboxes/${boxId}/items`
  const name = tile?.title ?? t('gone-name', { place })
  return (
    <li
      className="box-item"
      id={`p-${assetId}`}
      draggable={mayEdit}
      data-asset={assetId}
      data-dragged={dragged || undefined}
      data-gone={tile ? undefined : ''}
    >
      {tile ? (
        <Link to={`/assets/${assetId}`} className="box-picture" draggable={false}>
          <Picture {...pictureOf(tile)} ratio="4 / 3" fit="contain" />
          <span className="tile-title">
            <span className="numeric muted">{place}</span> {tile.title}
          </span>
          {tile.creator && <span className="tile-creator">{tile.creator}</span>}
        </Link>
      ) : (
        <div className="box-picture">
          <Picture src={null} alt={t('gone')} ratio="4 / 3" />
          <p className="small">
            <span className="numeric muted">{place}</span> {t('gone')}
          </p>
        </div>
      )}
      {tile && !item.sold && <p className="small muted">{t('not-sold')}</p>}
      {note && <p className="box-item-note small">{note}</p>}
      <div className="box-item-acts">
        <label className="box-tick">
          <input type="checkbox" form={many} name="assetIds" value={assetId} />
          <span className="visually-hidden">{t('choose', { title: name })}</span>
        </label>
        {talks && (
          <Link to={`?about=${assetId}#talk`} className="small" preventScrollReset>
            {t('threads', { count: item.threads })}
          </Link>
        )}
        {mayEdit && (
          <Form method="post" action={action} preventScrollReset className="box-move" aria-label={t('move', { title: name })}>
            <input type="hidden" name="verb" value="move" />
            <input type="hidden" name="assetId" value={assetId} />
            {moves.map(({ step, icon, back }) => (
              <IconButton
                key={step}
                icon={icon}
                size="sm"
                type="submit"
                name="step"
                value={step}
                disabled={back ? place === 1 : last}
                label={t(step, { title: name })}
              />
            ))}
          </Form>
        )}
      </div>
      {mayEdit && (
        <details className="box-item-edit">
          <summary className="small">
            {t(note ? 'note-edit' : 'note-add')}
            <span className="visually-hidden">: {name}</span>
          </summary>
          <Form method="post" action={action} preventScrollReset>
            <input type="hidden" name="assetId" value={assetId} />
            <TextArea name="note" label={t('note-about', { title: name })} hideLabel defaultValue={note} maxLength={1000} rows={3} />
            <SubmitButton size="sm" formAction={action} name="verb" value="note">
              {t('save')}
            </SubmitButton>
          </Form>
        </details>
      )}
    </li>
  )
}
