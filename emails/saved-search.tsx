import { Column, Img, Link, Row, Section, Text } from '@react-email/components'
import { Letter } from './parts/letter.tsx'
import * as look from './parts/look.ts'
import { Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['saved-search']

const words = {
  en: {
    subject: ({ total, more, searchName }: Props) =>
      `${more ? 'Many new pictures' : total === 1 ? 'A new picture' : `${total} new pictures`}: “${searchName}”`,
    preview: 'New in the store since you last heard from us.',
    heading: (name: string) => `New in “${name}”`,
    intro: ({ total }: Props) =>
      total === 1
        ? 'This picture has come into the store and fits the search that you keep:'
        : 'These pictures have come into the store and fit the search that you keep:',
    rest: (n: number, more: boolean) => (more ? 'There are more: the search shows them all.' : `And ${n} more.`),
    button: 'See all results',
    why: 'You get this letter because you asked to hear of new pictures in this search.',
    manage: 'Change how often',
    stop: 'Stop these letters',
  },
  de: {
    subject: ({ total, more, searchName }: Props) =>
      `${more ? 'Viele neue Bilder' : total === 1 ? 'Ein neues Bild' : `${total} neue Bilder`}: „${searchName}“`,
    preview: 'Neu im Angebot, seit Sie zuletzt von uns gehört haben.',
    heading: (name: string) => `Neu in „${name}“`,
    intro: ({ total }: Props) =>
      total === 1
        ? 'Dieses Bild ist neu im Angebot und passt zu Ihrer gespeicherten Suche:'
        : 'Diese Bilder sind neu im Angebot und passen zu Ihrer gespeicherten Suche:',
    rest: (n: number, more: boolean) => (more ? 'Es gibt mehr: Die Suche zeigt alle.' : `Und ${n} weitere.`),
    button: 'Alle Treffer ansehen',
    why: 'Sie erhalten diese E-Mail, weil Sie von neuen Bildern zu dieser Suche hören wollten.',
    manage: 'Häufigkeit ändern',
    stop: 'Diese E-Mails abbestellen',
  },
} as const

export const subject = (props: Props) => words[props.language].subject(props)

const wide = 160

/** What is new in a search that somebody keeps. The pictures are the store's watermarked previews; the letter reads without them. */
export default function SavedSearch(props: Props) {
  const { houseName, name, language, searchName, total, more, pictures, url, manageUrl, stopPage } = props
  const say = words[language]
  const rows = pictures.reduce<Props['pictures'][]>(
    (all, picture, i) => (i % 3 === 0 ? [...all, [picture]] : [...all.slice(0, -1), [...(all.at(-1) ?? []), picture]]),
    [],
  )
  return (
    <Letter
      language={language}
      from={houseName}
      preview={say.preview}
      heading={say.heading(searchName)}
      button={{ label: say.button, href: url }}
      why={say.why}
    >
      <Para>{hello(name, language)}</Para>
      <Para>{say.intro(props)}</Para>
      <Section style={look.table}>
        {rows.map((row) => (
          <Row key={row[0]?.url ?? ''}>
            {row.map((picture) => (
              <Column key={picture.url} style={{ verticalAlign: 'top', width: `${wide + 12}px`, paddingBottom: '12px' }}>
                <Link className="link" href={picture.url} style={look.link}>
                  {picture.src && (
                    <Img
                      src={picture.src}
                      alt={picture.title}
                      width={wide}
                      height={Math.round((wide * picture.height) / picture.width)}
                      style={{ borderRadius: '4px' }}
                    />
                  )}
                  {picture.title}
                </Link>
                {picture.creator && (
                  <Text className="soft" style={look.facts}>
                    {picture.creator}
                  </Text>
                )}
              </Column>
            ))}
          </Row>
        ))}
      </Section>
      {(more || total > pictures.length) && <Para>{say.rest(total - pictures.length, more)}</Para>}
      <Text className="soft" style={look.small}>
        <Link className="link" href={manageUrl} style={look.link}>
          {say.manage}
        </Link>
        {' · '}
        <Link className="link" href={stopPage} style={look.link}>
          {say.stop}
        </Link>
      </Text>
    </Letter>
  )
}
