import { Link } from '@remix-run/react'
import { Hash } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import type { LicencePage } from '#services/licensing/views.ts'

/** The scope in words with its codes beneath, as the certificate prints it. */
export function ScopePanel({ scope }: Pick<LicencePage, 'scope'>) {
  return (
    <Panel title="What it allows">
      <DescriptionList
        facts={scope.map(({ label, words, codes }) => ({
          term: label,
          detail: (
            <>
              {words}
              {codes && <span className="muted small"> {codes}</span>}
            </>
          ),
        }))}
      />
    </Panel>
  )
}

/** What makes the licence checkable: parties, file, document and where to verify it. */
export function EvidencePanel({ licence }: { licence: LicencePage }) {
  const { paper } = licence
  return (
    <Panel title="Proof">
      <DescriptionList
        facts={[
          { term: 'Licensor', detail: paper?.licensor },
          { term: 'Holder', detail: licence.holder.name },
          { term: 'For', detail: licence.licenseeName },
          { term: 'File', detail: paper?.fileName },
          { term: 'File’s SHA-256', detail: paper && <Hash value={paper.fileSha256} /> },
          { term: 'Document’s SHA-256', detail: licence.documentSha256 && <Hash value={licence.documentSha256} /> },
          {
            term: 'Terms',
            detail: paper?.terms && (
              <Link to={`/terms/${paper.terms.templateId}`}>
                {paper.terms.title}, version {paper.terms.version}
              </Link>
            ),
          },
          { term: 'Signed with key', detail: licence.keyId && <Link to="/keys">{licence.keyId}</Link> },
          { term: 'Anybody can check it', detail: paper && <Link to={`/verify/${licence.number}`}>Verification page</Link> },
        ]}
      />
    </Panel>
  )
}
