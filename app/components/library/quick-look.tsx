import { useEffect, useRef } from 'react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { dimensionWords, sizeWords, typeWords } from '#app/components/assets/file-words.ts'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { ButtonLink, IconButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { When } from '#app/components/ui/when.tsx'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import type { LibraryCard } from '#services/catalog/library-views.ts'

/** An asset large, with its facts, without leaving the list. Arrows go on to its neighbours. */
export function QuickLook({ card, onClose, onStep }: { card: LibraryCard; onClose: () => void; onStep: (step: 1 | -1) => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const { version } = card
  return (
    <dialog
      ref={dialog}
      className="dialog quick-look"
      aria-labelledby="quick-look-title"
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight' || event.key === 'ArrowDown') onStep(1)
        else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') onStep(-1)
        else if (event.key === 'v' || event.key === ' ') dialog.current?.close()
        else return
        event.preventDefault()
      }}
    >
      <div className="dialog-head">
        <h2 id="quick-look-title">{card.title}</h2>
        <IconButton icon="close" label="Close" size="sm" onClick={() => dialog.current?.close()} />
      </div>
      <div className="quick-look-body">
        <AssetPicture key={card.id} assetId={card.id} version={version} kind={card.kind} alt={card.altText} preset="page" eager />
        <div>
          <p className="cluster" data-gap="sm">
            <AssetStatus state={card.state} />
          </p>
          <DescriptionList
            facts={[
              { term: 'Lacking', detail: card.lacks?.join(', ') },
              { term: 'Kind', detail: kindWords[card.kind] },
              { term: 'Creator', detail: card.creator },
              {
                term: 'File',
                detail:
                  version &&
                  [typeWords(version.mediaType), dimensionWords(version), sizeWords(version.byteSize)].filter(Boolean).join(' · '),
              },
              { term: 'Keywords', detail: card.keywords.join(', ') },
              { term: 'Text for the blind', detail: card.altText },
              {
                term: 'Rights',
                detail: { valid: 'In force', ending: 'End within 60 days', expired: 'Expired', none: 'None recorded' }[card.rights],
              },
              { term: 'Uploaded', detail: <When at={card.createdAt} to="day" /> },
              { term: 'Changed', detail: <When at={card.changedAt} /> },
            ]}
          />
          <p className="cluster">
            <ButtonLink to={`/library/assets/${card.id}`} tone="primary" size="sm">
              Open
            </ButtonLink>
          </p>
        </div>
      </div>
    </dialog>
  )
}
