import { Letter } from './parts/letter.tsx'
import { Para, Quote } from './parts/pieces.tsx'
import { hello } from './parts/words.ts'
import type { LetterProps } from './props.ts'

type Props = LetterProps['lightbox-comments']

const words = {
  en: {
    subject: ({ kind, boxName, total, comments }: Props) =>
      kind === 'mention'
        ? `${comments[0]?.author ?? ''} names you in “${boxName}”`
        : total === 1
          ? `A new comment in “${boxName}”`
          : `${total} new comments in “${boxName}”`,
    preview: 'What was said in a lightbox.',
    heading: ({ kind, boxName }: Props) => (kind === 'mention' ? `You are named in “${boxName}”` : `New in your lightbox “${boxName}”`),
    more: (n: number) => `And ${n} more.`,
    said: (author: string, guest: boolean) => (guest ? `Somebody who holds the link, by the name “${author}”, wrote:` : `${author} wrote:`),
    button: 'Open the lightbox',
    why: {
      mention: 'You get this letter because somebody named you.',
      digest: 'You get this letter because the lightbox is yours. Comments are gathered: it is one letter for several.',
    },
  },
  de: {
    subject: ({ kind, boxName, total, comments }: Props) =>
      kind === 'mention'
        ? `${comments[0]?.author ?? ''} nennt Sie in „${boxName}“`
        : total === 1
          ? `Ein neuer Kommentar in „${boxName}“`
          : `${total} neue Kommentare in „${boxName}“`,
    preview: 'Was auf einem Lichttisch gesagt wurde.',
    heading: ({ kind, boxName }: Props) =>
      kind === 'mention' ? `Sie werden in „${boxName}“ genannt` : `Neu auf Ihrem Lichttisch „${boxName}“`,
    more: (n: number) => `Und ${n} weitere.`,
    said: (author: string, guest: boolean) =>
      guest ? `Jemand, der den Link hat und sich „${author}“ nennt, schrieb:` : `${author} schrieb:`,
    button: 'Lichttisch öffnen',
    why: {
      mention: 'Sie erhalten diese E-Mail, weil jemand Sie genannt hat.',
      digest: 'Sie erhalten diese E-Mail, weil der Lichttisch Ihnen gehört. Kommentare werden gesammelt: eine E-Mail für mehrere.',
    },
  },
} as const

export const subject = (props: Props) => words[props.language].subject(props)

/** What was said in a lightbox: to its owner, gathered; or to whoever was named, at once. */
export default function LightboxComments(props: Props) {
  const say = words[props.language]
  const rest = props.total - props.comments.length
  return (
    <Letter
      language={props.language}
      from={props.houseName}
      preview={say.preview}
      heading={say.heading(props)}
      button={{ label: say.button, href: props.url }}
      why={say.why[props.kind]}
    >
      <Para>{hello(props.name, props.language)}</Para>
      {props.comments.map(({ author, guest, body }, at) => (
        <div key={at}>
          <Para>{say.said(author, guest)}</Para>
          <Quote>{body}</Quote>
        </div>
      ))}
      {rest > 0 && <Para>{say.more(rest)}</Para>}
    </Letter>
  )
}
