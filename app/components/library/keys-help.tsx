import { useEffect, useRef } from 'react'
import { IconButton } from '#app/components/ui/button.tsx'

const keys = [
  ['/', 'to the search'],
  ['← ↑ → ↓', 'from asset to asset; Home and End to the first and last'],
  ['Space', 'select; with shift and arrows on the way'],
  ['Ctrl A', 'select the page; once more: all that was found'],
  ['Esc', 'select nothing'],
  ['Enter', 'open'],
  ['v', 'quick look; arrows go on'],
  ['e', 'edit what is selected, or this one'],
  ['p', 'publish, send for review and all else: acts on what is selected, or on this one'],
  ['t', 'put on the tray, or take off'],
  ['n', 'the next page'],
  ['g', 'pictures or list'],
  ['?', 'this list'],
] as const

/** The keys of the library. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="keys-title" onClose={onClose}>
      <div className="dialog-head">
        <h2 id="keys-title">Keys of the library</h2>
        <IconButton icon="close" label="Close" size="sm" onClick={() => dialog.current?.close()} />
      </div>
      <dl className="keys-list">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  )
}
