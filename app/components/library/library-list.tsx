import { useFetcher, useNavigate, useNavigationType } from '@remix-run/react'
import { useEffect, useRef, useState, type MouseEvent } from 'react'
import type { LibraryCard, LibraryDeskView } from '#services/catalog/library-views.ts'
import { BulkBar } from './bulk-bar.tsx'
import { draggedWith } from './dragged.ts'
import { KeysHelp } from './keys-help.tsx'
import { between, countOf } from './picked.ts'
import { QuickLook } from './quick-look.tsx'
import { LibraryRows, LibraryTiles, pickForm } from './results.tsx'
import { trayKey } from './tray-shelf.tsx'
import { useLibraryKeys } from './use-library-keys.ts'
import { usePicked } from './use-picked.ts'

const lastPlace = 'library-last'

/** The list with what is picked in it, its keys, and the bar of what can be done. */
export function LibraryList({
  cards,
  desk,
  total,
  search,
  next,
  mayEdit,
}: {
  cards: LibraryCard[]
  desk: LibraryDeskView
  total: number
  /** The question, which a selection of all is made by. */
  search: string
  /** The address of the next page. */
  next: string | null
  mayEdit: boolean
}) {
  const list = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const picking = usePicked(search)
  const { picked } = picking
  const [alive, setAlive] = useState(false)
  const [looked, setLooked] = useState<string | null>(null)
  const [help, setHelp] = useState(false)
  const anchor = useRef<string | null>(null)
  const navigate = useNavigate()
  const came = useNavigationType()
  const tray = useFetcher({ key: trayKey })
  const arrange = useFetcher()
  useEffect(() => setAlive(true), [])
  const ids = cards.map(({ id }) => id)
  const count = countOf(picked, total)

  // Back from an asset: where one was.
  useEffect(() => {
    if (came !== 'POP') return
    const last = window.sessionStorage.getItem(lastPlace)
    if (last) list.current?.querySelector<HTMLElement>(`[data-asset="${CSS.escape(last)}"] a`)?.focus({ preventScroll: true })
  }, [came])

  const onPick = (id: string, wanted: boolean, event: MouseEvent) => {
    if (event.shiftKey && anchor.current) picking.put(between(ids, anchor.current, id), wanted)
    else picking.put([id], wanted)
    anchor.current = id
  }
  const submit = (verb: string, id: string) => {
    // Nothing picked: the act is about the asset that has the focus.
    if (count === 0 && id) picking.put([id], true)
    window.setTimeout(() => {
      const button = document.createElement('button')
      Object.assign(button, { type: 'submit', name: 'verb', value: verb, hidden: true })
      form.current?.append(button)
      form.current?.requestSubmit(button)
      button.remove()
    }, 0)
  }
  useLibraryKeys(list, cards.length, {
    pick: picking.put,
    isPicked: picking.has,
    everything: () => (ids.every(picking.has) ? picking.all() : picking.put(ids, true)),
    clear: picking.clear,
    act(key, id) {
      switch (key) {
        case '/':
          document.querySelector<HTMLInputElement>('main input[type=search][name=text]')?.focus()
          return true
        case '?':
          setHelp(true)
          return true
        case 'n':
          if (next) void navigate(next)
          return true
        case 'g':
          arrange.submit({ layout: desk.layout === 'grid' ? 'list' : 'grid' }, { method: 'post', action: '/library/desk' })
          return true
        case 'v':
          if (id) setLooked(id)
          return Boolean(id)
        case 'e':
          if (id || count > 0) submit('edit', id)
          return true
        case 'p':
          if (id || count > 0) submit('open', id)
          return true
        case 't': {
          const card = cards.find((one) => one.id === id)
          if (count > 0 && (picked.all || count > 500)) submit('tray', id)
          else if (count > 0)
            tray.submit({ verb: 'put', assets: picked.ids.join(' '), shelf: 'yes' }, { method: 'post', action: '/library/tray' })
          else if (card)
            tray.submit({ verb: card.onTray ? 'take' : 'put', assets: id, shelf: 'yes' }, { method: 'post', action: '/library/tray' })
          return true
        }
        default:
          return false
      }
    },
  })

  const shown = {
    cards,
    list,
    isPicked: picking.has,
    onPick,
    onDrag: (id: string) => draggedWith(id, picked),
    count: total,
  }
  const elsewhere = picked.all ? [] : picked.ids.filter((id) => !ids.includes(id))
  const card = cards.find(({ id }) => id === looked)
  return (
    <div
      onClickCapture={(event) => {
        const item = (event.target as Element).closest<HTMLElement>('[data-asset]')
        if (item?.dataset.asset && (event.target as Element).closest('a')) window.sessionStorage.setItem(lastPlace, item.dataset.asset)
      }}
    >
      <form id={pickForm} ref={form} method="post" action="/library/pick">
        <input type="hidden" name="search" value={search} />
        {picked.all && <input type="hidden" name="all" value="yes" />}
        {picked.all && picked.ids.map((id) => <input key={id} type="hidden" name="except" value={id} />)}
        {elsewhere.map((id) => (
          <input key={id} type="hidden" name="asset" value={id} />
        ))}
      </form>
      <BulkBar
        picked={count}
        found={total}
        onPage={cards.length}
        all={picked.all}
        mayEdit={mayEdit}
        alive={alive}
        onAll={picking.all}
        onClear={picking.clear}
      />
      {desk.layout === 'list' ? <LibraryRows {...shown} columns={desk.columns} /> : <LibraryTiles {...shown} density={desk.density} />}
      {card && (
        <QuickLook
          card={card}
          onClose={() => setLooked(null)}
          onStep={(step) => setLooked((now) => ids[ids.indexOf(now ?? '') + step] ?? now)}
        />
      )}
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </div>
  )
}
