import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useLanguage } from '#app/words/use-language.ts'
import { inARow } from '#services/kernel/language.ts'
import type { Compared, ComparedUse, Comparison as Compares } from '#services/catalog/compare-view.ts'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'
import { contributorPath } from './contributor-path.ts'
import { pictureOf } from './preview.ts'

export type Side = Compared & { price: string | null }
const uses: readonly ComparedUse[] = ['advertising', 'social', 'editorial', 'product', 'broadcast', 'ai']

interface Fact {
  label: string
  /** What tells the pictures apart; the row differs where these do. */
  value: (side: Side) => string
  shown?: (side: Side) => ReactNode
}

type AskedUse = Compares['use']

function useFacts({ medium }: AskedUse): Fact[] {
  const t = useTranslations('compare')
  const format = useFormatter()
  const answer = (yes: boolean) => (yes ? t('yes') : t('no'))
  const marked = (yes: boolean) => (
    <span className="answer" data-yes={yes || undefined}>
      <Icon name={yes ? 'check' : 'close'} /> {answer(yes)}
    </span>
  )
  const licences = (side: Side) =>
    [
      side.sellsRoyaltyFree && !side.editorialOnly && t('royalty-free'),
      side.sellsRightsManaged && t('rights-managed'),
      side.editorialOnly && t('editorial-only'),
    ]
      .filter(Boolean)
      .join(', ')
  const size = ({ width, height }: Side) => (width && height ? `${format.number(width)} × ${format.number(height)} px` : '–')
  /** Centimetres in print at 300 dots an inch. */
  const printed = ({ width, height }: Side) => {
    const edge = (pixels: number) => format.number((pixels / 300) * 2.54, { maximumFractionDigits: 1 })
    return width && height ? t('printed', { width: edge(width), height: edge(height) }) : '–'
  }
  const people = ({ showsPeople, released }: Side) =>
    showsPeople === null ? t('people-unknown') : showsPeople ? t(released ? 'people-released' : 'people') : t('no-people')
  return [
    { label: t('price'), value: ({ price }) => price ?? t('by-use') },
    { label: t('licences'), value: (side) => licences(side) || t('none') },
    { label: medium ?? '', value: ({ asked }) => (asked === null ? '' : answer(asked)), shown: ({ asked }) => marked(asked === true) },
    ...uses.map((use) => ({
      label: t(`use.${use}`),
      value: (side: Side) => answer(side.uses[use]),
      shown: (side: Side) => marked(side.uses[use]),
    })),
    {
      label: medium === null ? t('exclusive') : t('exclusive-for', { use: medium }),
      value: (side) => answer(side.exclusive),
      shown: (side) => marked(side.exclusive),
    },
    { label: t('people-row'), value: people },
    { label: t('size'), value: size },
    { label: t('in-print'), value: printed },
    { label: t('kind-row'), value: ({ kind, madeByAi }) => `${t(`kind.${kind}`)}${madeByAi ? `, ${t('by-ai')}` : ''}` },
    { label: t('date'), value: ({ dateCreated }) => dateCreated ?? '–' },
    {
      label: t('creator'),
      value: ({ tile }) => tile.creator || '–',
      shown: ({ tile, contributor }) =>
        contributor ? <Link to={contributorPath(contributor)}>{contributor.name}</Link> : tile.creator || '–',
    },
  ]
}

const differs = (sides: readonly Side[], { value }: Fact) => new Set(sides.map(value)).size > 1

/** What sets the pictures apart in law, in sentences. */
export function RightsInWords({ sides, use: { medium, territory, untilInWords } }: { sides: readonly Side[]; use: AskedUse }) {
  const t = useTranslations('compare')
  const language = useLanguage()
  const titles = (chosen: readonly Side[]) =>
    inARow(
      chosen.map(({ tile }) => t('quoted', { title: tile.title })),
      language,
    )
  const told = (allowed: readonly Side[], words: (titles: string, count: number) => string) =>
    allowed.length > 0 && allowed.length < sides.length ? [words(titles(allowed), allowed.length)] : []
  const sentences = [
    ...told(
      sides.filter(({ asked }) => asked),
      (list) => t('only-asked', { titles: list, use: medium ?? '' }),
    ),
    ...uses.flatMap((use) =>
      told(
        sides.filter((side) => side.uses[use]),
        (list) => t('only', { titles: list, use: t(`for.${use}`) }),
      ),
    ),
    ...told(
      sides.filter(({ exclusive }) => exclusive),
      (list, count) =>
        medium === null ? t('only-exclusive', { titles: list, count }) : t('only-exclusive-for', { titles: list, count, use: medium }),
    ),
  ]
  return (
    <section className="compare-words" aria-label={t('differences')}>
      {sentences.length === 0 ? <p>{t('no-difference')}</p> : sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
      <p className="muted small">{t('hint', { territory, until: untilInWords })}</p>
    </section>
  )
}

/** What is wider than its window is moved by the keys as well. */
const scrolling = { role: 'region', tabIndex: 0 } as const

/** Two to four pictures side by side. Each question stands above its answers, so that narrow windows compare as well. */
export function Comparison({
  sides,
  use,
  only,
  without,
}: {
  sides: readonly Side[]
  use: AskedUse
  only: boolean
  without: (id: string) => ReactNode
}) {
  const t = useTranslations('compare')
  const facts = useFacts(use).filter((fact) => fact.value(sides[0] as Side) !== '' && (!only || differs(sides, fact)))
  return (
    <div className="compare-frame" {...scrolling} aria-label={t('table')}>
      <table className="compare">
        <caption className="visually-hidden">{t('table')}</caption>
        <thead>
          <tr>
            {sides.map((side) => (
              <th key={side.tile.id} scope="col">
                <Link to={`/assets/${side.tile.id}`} className="compare-picture">
                  <Picture {...pictureOf(side.tile)} ratio="4 / 3" fit="contain" eager="beside" />
                  <span>{side.tile.title}</span>
                </Link>
                {without(side.tile.id)}
              </th>
            ))}
          </tr>
        </thead>
        {facts.map((fact) => (
          <tbody key={fact.label} data-differs={differs(sides, fact) || undefined}>
            <tr className="compare-question">
              <th scope="rowgroup" colSpan={sides.length}>
                {fact.label}
              </th>
            </tr>
            <tr>
              {sides.map((side) => (
                <td key={side.tile.id}>{fact.shown ? fact.shown(side) : fact.value(side)}</td>
              ))}
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  )
}
