import { Link } from '@remix-run/react'
import { CopyText } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { beginInWords, endInWords } from '#services/licensing/rules/certificate-words.ts'
import type { Verified } from '#services/licensing/verification.ts'
import { sealWords, VerdictMark } from './verdict.tsx'

const summaries: Record<Verified['standing'], string> = {
  'in-force': 'This licence is in force.',
  ending: 'This licence is in force, and ends within thirty days.',
  upcoming: 'This licence is issued; its term has not begun.',
  suspended: 'This licence was issued by us and is suspended: nothing may be used under it now.',
  expired: 'This licence was issued by us. Its term is over.',
  revoked: 'This licence was issued by us and revoked. Nothing may be used under it.',
  refunded: 'This licence was issued by us, refunded, and has ended.',
  superseded: 'This licence was issued by us and replaced by another.',
  released: 'This licence was never paid.',
  reserved: 'This licence is not issued.',
  conflict: 'This licence could not be issued.',
}

const AssetPart = ({ found: { asset, picture } }: { found: Verified }) => (
  <div className="proof-asset">
    {picture && <Picture src={picture} alt={`Preview of ${asset.title}`} width={asset.width} height={asset.height} fit="contain" eager />}
    <DescriptionList
      facts={[
        { term: 'Work', detail: <strong>{asset.title}</strong> },
        { term: 'Creator', detail: asset.creator },
        { term: 'Credit line', detail: asset.creditLine },
        { term: 'File', detail: `${asset.fileName}${asset.width && asset.height ? `, ${asset.width} × ${asset.height} px` : ''}` },
        { term: 'SHA-256 of the original', detail: <code className="code wrap">{asset.sha256}</code> },
      ]}
    />
  </div>
)

/** Everything a stranger may know about a licence, and the means to check it without us. Made to be printed, too. */
export function LicenceProof({ found }: { found: Verified }) {
  const { number, verdict, standing, seal, scope, exclusive, from, until, zone, parties } = found
  return (
    <div className="proof stack" data-gap="lg">
      <VerdictMark verdict={verdict}>{verdict === 'not-genuine' ? sealWords[seal] : summaries[standing]}</VerdictMark>
      <Panel title={<>Licence {number}</>}>
        <AssetPart found={found} />
      </Panel>
      <Panel title="Scope">
        <DescriptionList
          facts={[
            ...scope
              .filter(({ label }) => label !== 'Period' && label !== 'Exclusivity')
              .map(({ label, words }) => ({ term: label, detail: words })),
            { term: 'From', detail: beginInWords(new Date(from), zone) },
            { term: 'Until', detail: endInWords(until === null ? null : new Date(until), zone) },
            { term: 'Exclusivity', detail: exclusive ? 'Exclusive: nobody else is licensed within this scope' : 'Not exclusive' },
            ...(found.terms ? [{ term: 'Terms', detail: `${found.terms.title}, version ${found.terms.version}` }] : []),
            ...(found.endedAt ? [{ term: 'Ended', detail: <When at={found.endedAt} zone={zone} /> }] : []),
          ]}
        />
      </Panel>
      <Panel title="Parties">
        {parties ? (
          <DescriptionList
            facts={[
              { term: 'Licensor', detail: parties.licensor },
              { term: 'Licence holder', detail: parties.holder },
              { term: 'For use by', detail: parties.licensee },
            ]}
          />
        ) : (
          <p>
            Names are shown to the holder and to the licensor, <Link to={`/sign-in?then=/verify/${number}`}>signed in</Link>. The
            certificate that the holder has names both.
          </p>
        )}
      </Panel>
      <Panel title="Proof">
        <p>{sealWords[seal]}</p>
        <DescriptionList
          facts={[
            { term: 'Checked', detail: <When at={found.checkedAt} to="second" /> },
            { term: 'Issued', detail: <When at={found.issuedAt} to="second" /> },
            { term: 'SHA-256 of the document', detail: <code className="code wrap">{found.documentSha256}</code> },
            {
              term: 'Key',
              detail: (
                <Link to={`/keys#${found.keyId}`}>
                  <code className="code">{found.keyId}</code>
                </Link>
              ),
            },
            { term: 'Signature (Ed25519)', detail: <CopyText value={found.signature} shown={`${found.signature.slice(0, 24)}…`} /> },
          ]}
        />
        {found.licenceId && (
          <p className="no-print">
            <a href={`/licences/${found.licenceId}/certificate`}>Open the certificate (PDF)</a>
          </p>
        )}
      </Panel>
    </div>
  )
}
