import { Link } from '@remix-run/react'
import { Hash } from '#app/components/ui/code.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { FileMatch } from '#services/licensing/verification.ts'

/** What is known about a file by its hash. */
export function FileMatches({ hash, matches }: { hash: string; matches: readonly FileMatch[] }) {
  if (matches.length === 0)
    return (
      <Notice tone="warning" title="We do not know this file" live>
        <p>
          No delivery and no published original has the SHA-256 <Hash value={hash} />. A file that was edited, resized or saved again has
          another hash: ask for the file as it was delivered, or check by the licence number.
        </p>
      </Notice>
    )
  return (
    <Notice tone="success" title="We know this file" live>
      <ul>
        {matches.map(({ how, at, title, licence }) => (
          <li key={`${how} ${licence?.number ?? title}`}>
            {how === 'kept' ? (
              <>The unlicensed original of “{title}”, as it is kept in the library. It proves no licence.</>
            ) : licence ? (
              <>
                {title ? `“${title}”` : 'It'} was delivered, byte for byte, under licence{' '}
                <Link to={`/verify/${licence.number}`}>{licence.number}</Link>
                {at && (
                  <>
                    {' '}
                    on <When at={at} to="day" />
                  </>
                )}
                . Whether that licence is in force now, its page says.
              </>
            ) : (
              <>It was delivered by us, under no licence: to our own people or as part of a brand kit.</>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
