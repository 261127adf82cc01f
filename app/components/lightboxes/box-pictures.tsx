import { Form, useFetcher } from '@remix-run/react'
import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { BoxItem as Item } from '#services/lightboxes/views.ts'
import { Button, SubmitButton } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import { BoxItem } from './box-item.tsx'
import { useReorder } from './use-reorder.ts'

interface BoxPicturesProps {
  boxId: string
  items: readonly Item[]
  total: number
  mayEdit: boolean
  talks: boolean
}

/**
 * The pictures of a box in their order, and what is done with several of them. Dragged with a pointer, moved by Alt and an
 * arrow key, or by the buttons of each picture, which need no script.
 */
export function BoxPictures({ boxId, items, total, mayEdit, talks }: BoxPicturesProps) {
  const t = useTranslations('lightboxes')
  const many = useId()
  const form = useRef<HTMLFormElement>(null)
  const mover = useFetcher<{ said?: string }>({ key: `move-${boxId}` })
  const [dragged, setDragged] = useState<string | null>(null)
  const action = `/lightboxes/${boxId}/items`
  const move = (how: Record<string, string>) => void mover.submit({ verb: 'move', quiet: 'yes', ...how }, { method: 'post', action })
  const list = useRef<HTMLOListElement>(null)
  useReorder(list, mayEdit, setDragged, move)
  const choose = (all: boolean) =>
    document.querySelectorAll<HTMLInputElement>(`input[form="${CSS.escape(many)}"][name="assetIds"]`).forEach((box) => (box.checked = all))
  return (
    <div className="box-pictures">
      <Form method="post" id={many} ref={form} action={`/lightboxes/${boxId}/cart`} className="box-many">
        <Select
          name="model"
          label={t('licence')}
          hideLabel
          options={[
            { value: 'ROYALTY_FREE_STANDARD', label: t('standard') },
            { value: 'ROYALTY_FREE_EXTENDED', label: t('extended') },
          ]}
        />
        <SubmitButton icon="cart" formAction={`/lightboxes/${boxId}/cart`} name="verb" value="cart">
          {t('to-cart')}
        </SubmitButton>
        {mayEdit && (
          <SubmitButton tone="secondary" icon="trash" formAction={action} name="verb" value="remove">
            {t('take-out')}
          </SubmitButton>
        )}
        <Button tone="quiet" size="sm" onClick={() => choose(true)}>
          {t('choose-all')}
        </Button>
        <Button tone="quiet" size="sm" onClick={() => choose(false)}>
          {t('choose-none')}
        </Button>
        {mayEdit && <p className="small muted">{t('order-hint')}</p>}
      </Form>
      <p className="visually-hidden" role="status">
        {mover.data?.said ?? ''}
      </p>
      <ol ref={list} className="box-items" start={items[0]?.place ?? 1}>
        {items.map((item) => (
          <BoxItem
            key={item.assetId}
            item={item}
            boxId={boxId}
            many={many}
            mayEdit={mayEdit}
            talks={talks}
            last={item.place === total}
            dragged={dragged === item.assetId}
          />
        ))}
      </ol>
    </div>
  )
}
