import { Link } from '#app/components/ui/link.tsx'
import type { Swatch } from '#services/suggestions/views.ts'

/** The colours of a picture by their names; each leads to pictures of the library that have it. */
export function Swatches({ palette }: { palette: readonly Swatch[] }) {
  return (
    <ul className="swatches">
      {palette.map(({ hex, name, family }) => (
        <li key={hex}>
          <span className="swatch" style={{ background: hex }} aria-hidden="true" />
          <span className="small">
            {family ? (
              <Link to={`/library?f=${encodeURIComponent(`colour:${family}`)}`} title={`Find pictures with ${family}`}>
                {name}
              </Link>
            ) : (
              name
            )}{' '}
            <span className="muted numeric">{hex}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
