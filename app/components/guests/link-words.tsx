import { sizeWords } from '#app/components/assets/file-words.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { licenceNames, releaseNames, type Declaration } from '#services/intake/rules/declarations.ts'
import { standingWords, type LinkStanding } from '#services/intake/rules/standing.ts'

const tones = { OPEN: 'success', REVOKED: 'neutral', ENDED: 'neutral', FULL: 'warning' } as const

export const LinkStatus = ({ standing }: { standing: LinkStanding }) => <Status tone={tones[standing]}>{standingWords[standing]}</Status>

interface Counted {
  mostFiles: number | null
  used: { files: number }
}
/** `3 of 40 files`. */
export const usedWords = ({ mostFiles, used }: Counted): string =>
  mostFiles === null ? `${used.files} ${used.files === 1 ? 'file' : 'files'}` : `${used.files} of ${mostFiles} files`

interface Said extends Declaration {
  senderName?: string
  senderEmail?: string
  papers?: readonly { id: string; fileName: string; size: number }[]
}

/** What a sender declared, in the desk's words. Their word: nothing of it is a fact of the house. */
export function DeclaredFacts({ said }: { said: Said }) {
  return (
    <DescriptionList
      facts={[
        { term: 'Sender', detail: said.senderName && [said.senderName, said.senderEmail].filter(Boolean).join(', ') },
        { term: 'Source', detail: said.source },
        { term: 'Licence', detail: said.licence && licenceNames[said.licence] },
        { term: 'In their words', detail: said.licenceWords },
        { term: 'People', detail: said.people && releaseNames[said.people] },
        { term: 'Property', detail: said.property && releaseNames[said.property] },
        {
          term: 'Papers',
          detail:
            said.papers && said.papers.length > 0 ? (
              <ul className="file-list">
                {said.papers.map(({ id, fileName, size }) => (
                  <li key={id}>
                    <a href={`/library/outside/papers/${id}`} download>
                      {fileName}
                    </a>{' '}
                    <span className="muted small nowrap">{sizeWords(size)}</span>
                  </li>
                ))}
              </ul>
            ) : null,
        },
      ]}
    />
  )
}

/** The same in one line, for lists. */
export const declaredLine = ({ source, licence, people, property }: Declaration): string =>
  [
    licence && licenceNames[licence],
    source,
    people && `people: ${releaseNames[people].toLowerCase()}`,
    property && `property: ${releaseNames[property].toLowerCase()}`,
  ]
    .filter(Boolean)
    .join(' · ') || 'Nothing was asked'
