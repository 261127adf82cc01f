import { PrefetchPageLinks, useNavigate } from '@remix-run/react'
import { useEffect, useId, useRef, useState, type CSSProperties, type ReactNode, type RefObject } from 'react'
import { useLanguage } from '#app/words/use-language.ts'
import { useWords } from '#app/words/use-words.ts'
import { kindWord } from '#services/assets/rules/asset-words.ts'
import type { Tile } from '#services/catalog/tiles.ts'
import { KindMark } from '../assets/kind-mark.tsx'
import { useLocalHref } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'
import { Icon } from '../ui/icon.tsx'
import { pictureOf } from './preview.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { trayForm, useTray } from './use-tray.ts'

/** Panoramas and banners keep a readable share of the row. */
export const ratioOf = ({ width, height }: Pick<Tile, 'width' | 'height'>): number =>
  width && height ? Math.min(2.6, Math.max(0.6, width / height)) : 1.25
const box = (ratio: number) => ({ '--r': ratio.toFixed(3) }) as CSSProperties

interface PictureGridProps {
  tiles: readonly Tile[]
  /** How many pictures are likely seen at once: these are not fetched lazily. */
  eager?: number
  /** Height that a row aims at. */
  row?: string
  /** The least price in words, by a picture's factor. */
  prices?: Record<number, string> | undefined
  /** More that can be done to a picture, beside comparing. */
  acts?: (assetId: string, title: string) => ReactNode
  /** So many pictures are on their way. */
  coming?: number
}

/** The shapes of pictures that nobody knows yet. */
const coming = [1.5, 0.75, 1.33, 1.5, 1, 1.78, 0.8, 1.5]

/** Fetches the page of the picture that somebody is about to open. */
function Ahead({ list }: { list: RefObject<HTMLUListElement> }) {
  const [page, setPage] = useState<string>()
  useEffect(() => {
    let timer: number | undefined
    const meant = ({ target }: Event) => {
      const href = (target as Element).closest('a.tile')?.getAttribute('href')
      window.clearTimeout(timer)
      if (href) timer = window.setTimeout(() => setPage(href), 120)
    }
    const grid = list.current
    grid?.addEventListener('pointerover', meant)
    grid?.addEventListener('focusin', meant)
    return () => {
      window.clearTimeout(timer)
      grid?.removeEventListener('pointerover', meant)
      grid?.removeEventListener('focusin', meant)
    }
  }, [list])
  return page ? <PrefetchPageLinks page={page} /> : null
}

/** One handler opens every picture of the grid within the document; keys and other buttons of the mouse are the browser's. */
function useOpening(list: RefObject<HTMLUListElement>) {
  const navigate = useNavigate()
  const go = useRef(navigate)
  useEffect(() => void (go.current = navigate), [navigate])
  useEffect(() => {
    const opened = (event: MouseEvent) => {
      const to = (event.target as Element).closest('a.tile')?.getAttribute('href')
      if (!to || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      void go.current(to)
    }
    const grid = list.current
    grid?.addEventListener('click', opened)
    return () => grid?.removeEventListener('click', opened)
  }, [list])
}

/**
 * Rows of one height and full width, each picture in its own ratio, by flexbox alone: nothing is measured and nothing moves.
 * Its links are plain ones with one handler for all of them: forty-eight components cost the server more than the pictures.
 */
export function PictureGrid({ tiles, eager = 0, row, prices, acts, coming: awaited = 0 }: PictureGridProps) {
  const t = useWords('search')
  const list = useRef<HTMLUListElement>(null)
  const hint = useId()
  const href = useLocalHref()
  const language = useLanguage()
  // What every picture says alike is looked up once.
  const compare = useWords('compare')('compare')
  const tray = useTray()
  // Pictures share a few prices: each is said once.
  const from = Object.fromEntries(Object.entries(prices ?? {}).map(([factor, price]) => [factor, t('price-from', { price })]))
  useGridKeys(list, tiles.length)
  useOpening(list)
  return (
    <>
      <ul className="justified" ref={list} aria-describedby={hint} {...(row && { style: { '--row': row } as CSSProperties })}>
        {tiles.map((tile, index) => {
          const ratio = ratioOf(tile)
          const price = tile.factorBp === null ? undefined : from[tile.factorBp]
          const chosen = tray.ids.includes(tile.id)
          return (
            <li key={tile.id} style={box(ratio)}>
              <a href={href(`/assets/${tile.id}`)} className="tile">
                <Picture
                  {...pictureOf(tile)}
                  ratio={ratio.toFixed(3)}
                  eager={index < eager && (index > 0 ? 'beside' : true)}
                  icon={tile.kind === 'DOCUMENT' ? 'document' : 'picture'}
                />
                {tile.kind !== 'PHOTOGRAPH' && (
                  <KindMark kind={tile.kind} durationMs={tile.durationMs} label={kindWord(tile.kind, language)} />
                )}
                <span className="tile-title">{tile.title}</span>
                <span className="tile-line">
                  <span className="tile-creator">{tile.creator}</span>
                  {price && <span className="tile-price">{price}</span>}
                </span>
              </a>
              <span className="tile-acts">
                <button
                  type="submit"
                  form={trayForm}
                  name="asset"
                  value={tile.id}
                  aria-pressed={chosen}
                  aria-label={t('compare', { title: tile.title })}
                  title={compare}
                >
                  <Icon name={chosen ? 'check' : 'compare'} />
                </button>
                {acts?.(tile.id, tile.title)}
              </span>
            </li>
          )
        })}
        {Array.from({ length: awaited }, (_, n) => (
          <li key={n} className="tile-coming" aria-hidden="true" style={box(coming[n % coming.length] ?? 1)}>
            <span className="picture" />
          </li>
        ))}
      </ul>
      <p id={hint} className="visually-hidden">
        {t('keys')}
      </p>
      <Ahead list={list} />
    </>
  )
}
