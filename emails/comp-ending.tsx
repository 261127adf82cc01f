import { Letter } from './parts/letter.tsx'
import { Para } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['comp-ending']

const words = {
  en: {
    subject: ({ title, days }: Props) =>
      days === 0 ? `Last day: layout file of “${title}”` : `Layout file of “${title}” ends in ${days === 1 ? 'a day' : `${days} days`}`,
    preview: 'License the picture before you publish it.',
    heading: (title: string) => `Your layout file of “${title}” is about to end`,
    body: ({ licenceNumber }: Props) =>
      `After its end the file of ${licenceNumber} can no longer be fetched, and drafts with it are to be deleted. License the picture to publish it, or renew the layout file if you are still drafting.`,
    button: 'License it now',
    why: 'You get this letter because you took the layout file.',
  },
  de: {
    subject: ({ title, days }: Props) =>
      days === 0 ? `Letzter Tag: Layoutbild „${title}“` : `Layoutbild „${title}“ läuft in ${days === 1 ? 'einem Tag' : `${days} Tagen`} ab`,
    preview: 'Lizenzieren Sie das Bild, bevor Sie es veröffentlichen.',
    heading: (title: string) => `Ihr Layoutbild „${title}“ läuft bald ab`,
    body: ({ licenceNumber }: Props) =>
      `Danach kann die Datei zu ${licenceNumber} nicht mehr geladen werden, und Entwürfe damit sind zu löschen. Lizenzieren Sie das Bild, um es zu veröffentlichen, oder verlängern Sie das Layoutbild, wenn Sie noch entwerfen.`,
    button: 'Jetzt lizenzieren',
    why: 'Sie erhalten diese E-Mail, weil Sie das Layoutbild geholt haben.',
  },
} as const

export const subject = (props: Props) => words[props.language].subject(props)

/** To whoever took a layout file that is about to end: the way to a licence first. */
export default function CompEnding(props: Props) {
  const say = words[props.language]
  return (
    <Letter
      language={props.language}
      from={props.houseName}
      preview={say.preview}
      heading={say.heading(props.title)}
      button={{ label: say.button, href: props.url }}
      why={say.why}
    >
      <Para>{hello(props.name, props.language)}</Para>
      <Para>{say.body(props)}</Para>
    </Letter>
  )
}
