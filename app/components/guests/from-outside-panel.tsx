import { Form, Link } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { declarationsOf } from '#services/intake/guest-views.ts'
import { DeclaredFacts } from './link-words.tsx'

const states = { WAITING: 'waits to be taken in', TAKEN_IN: 'taken in', TURNED_AWAY: 'turned away' }

/** What came from outside for this asset, and what its sender declared: their word, checked by the rights desk. */
export function FromOutsidePanel({
  files,
  assetId,
  mayDecide,
}: {
  files: Awaited<ReturnType<typeof declarationsOf>>
  assetId: string
  mayDecide: boolean
}) {
  if (files.length === 0) return null
  return (
    <Panel title="From outside">
      <Stack>
        {files.map((file) => (
          <Stack key={file.uploadId} gap="sm">
            <p className="small">
              <When at={file.receivedAt} to="day" /> by{' '}
              {mayDecide ? <Link to={`/library/links/${file.link.id}`}>{file.link.name}</Link> : file.link.name}:{' '}
              {file.known ? 'a file that the library had already, ' : ''}
              {states[file.state]}.
            </p>
            <DeclaredFacts said={file} />
            {mayDecide && file.state === 'WAITING' && (
              <Form method="post" action="/library/outside">
                <input type="hidden" name="uploadIds" value={file.uploadId} />
                <input type="hidden" name="back" value={`/library/assets/${assetId}`} />
                <Cluster>
                  <SubmitButton name="answer" value="take-in" size="sm">
                    Take it in
                  </SubmitButton>
                  <SubmitButton name="answer" value="turn-away" size="sm" tone="secondary">
                    Turn it away
                  </SubmitButton>
                </Cluster>
              </Form>
            )}
          </Stack>
        ))}
      </Stack>
    </Panel>
  )
}
