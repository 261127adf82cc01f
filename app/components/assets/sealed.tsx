import { Link } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'
import { Panel } from '../ui/surfaces.tsx'

/** What stands in the place of a picture, and of what is said about it, for whom its embargo does not name. */
export function Sealed({ assetId }: { assetId: string }) {
  return (
    <Panel title="Sealed under an embargo">
      <Picture src={`/previews/${assetId}/page`} alt="Sealed until its embargo ends" ratio="4 / 3" />
      <p>
        Until it ends, its picture, its files and its description are for librarians, the rights desk and the people whom it names. Ask a
        librarian if you should be one of them; <Link to={`/library/assets/${assetId}/life`}>its life</Link> says until when.
      </p>
    </Panel>
  )
}
