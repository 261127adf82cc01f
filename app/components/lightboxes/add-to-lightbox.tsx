import type { ReactNode } from 'react'
import { useWords } from '#app/words/use-words.ts'
import { Icon } from '../ui/icon.tsx'
import { boxForm, useBoxes } from './use-boxes.ts'

/** What a click would do to a picture: into the lightbox that clicks fill, or out of it again. */
const clickOn = (inside: boolean) => ({ form: boxForm, name: inside ? 'remove' : 'add', 'aria-pressed': inside })

/** The same for each tile of a grid: the boxes are looked at once, not by forty-eight components. */
export function useTileBoxes(): (assetId: string, title: string) => ReactNode {
  const t = useWords('lightboxes')
  const { boxes, held } = useBoxes()
  const within = t('in-box', { name: boxes.find(({ isDefault }) => isDefault)?.name ?? '' })
  const add = t('add')
  return (assetId, title) => {
    const inside = held.includes(assetId)
    return (
      <button type="submit" {...clickOn(inside)} value={assetId} title={inside ? within : add} aria-label={t('add-title', { title })}>
        <Icon name={inside ? 'check' : 'lightbox'} />
      </button>
    )
  }
}

/**
 * Puts a picture into the lightbox that clicks fill, and takes it out again; a choice where there are several. A submit
 * button of the shell's form, so it may stand inside or outside any form and works without JavaScript.
 */
export function AddToLightbox({ assetId }: { assetId: string }) {
  const t = useWords('lightboxes')
  const { boxes, held } = useBoxes()
  const inside = held.includes(assetId)
  const main = boxes.find(({ isDefault }) => isDefault)
  const others = boxes.filter(({ id }) => id !== main?.id)
  const button = (
    <button type="submit" className="button" data-tone="secondary" data-size="sm" {...clickOn(inside)} value={assetId}>
      <Icon name={inside ? 'check' : 'lightbox'} />
      <span className="button-label">{inside ? t('in-box', { name: main?.name ?? '' }) : t('add')}</span>
    </button>
  )
  if (others.length === 0) return button
  return (
    <span className="box-choice">
      {button}
      <details className="menu">
        <summary className="button" data-tone="quiet" data-size="sm" aria-label={t('other-box')}>
          <Icon name="chevron-down" />
        </summary>
        <div className="menu-list">
          {others.map(({ id, name }) => (
            <button key={id} type="submit" form={boxForm} name="to" value={`${assetId} ${id}`}>
              {name}
            </button>
          ))}
        </div>
      </details>
    </span>
  )
}
