import { Link } from '#app/components/ui/link.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { stateWords } from '#services/assets/rules/asset-states.ts'
import type { LikePicture } from '#services/rights/likeness-views.ts'

/** The same picture in other guises, each an asset of its own. */
export function OtherGuises({ pictures }: { pictures: readonly LikePicture[] }) {
  if (pictures.length === 0) return null
  return (
    <Panel title="The same picture elsewhere">
      <ul className="guises">
        {pictures.map(({ id, title, state, fileName, versionId, width, height }) => (
          <li key={id}>
            {versionId && <img src={`/previews/${id}/clean-grid?v=${versionId}`} alt="" loading="lazy" width={72} height={54} />}
            <span>
              <Link to={`/library/assets/${id}`}>{title}</Link>
              <span className="small muted">
                {[stateWords[state], fileName, width && height ? `${width} × ${height}` : ''].filter(Boolean).join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
