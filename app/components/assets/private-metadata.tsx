import { Form } from '@remix-run/react'
import { Status } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { RadioCards } from '#app/components/ui/radio-cards.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'

/** Whether what files say about places, cameras and people's ages goes out with them. Administrators choose; the others read. */
export function PrivateMetadataPanel({ keeps, mayChange }: { keeps: boolean; mayChange: boolean }) {
  return (
    <Panel title="Private words in files" id="private-metadata">
      <Stack>
        <p className="muted">
          Coordinates, serial numbers, makers’ notes, models’ ages, numbers of releases, and who wrote a prompt. People of the house always
          see them; this is about customers and partners.
        </p>
        {mayChange ? (
          <Form method="post" action="/library/schemas/private-metadata" className="stack" preventScrollReset>
            <RadioCards
              legend="In files that leave the house"
              hideLegend
              name="private"
              defaultValue={keeps ? 'leave' : 'stay'}
              cards={[
                { value: 'stay', title: 'Take them out', body: 'A picture of somebody’s home does not say where that is.' },
                {
                  value: 'leave',
                  title: 'Leave them in',
                  body: 'For scientific or press archives, where the place belongs to the picture.',
                },
              ]}
            />
            <p>
              <SubmitButton tone="secondary">Save</SubmitButton>
            </p>
          </Form>
        ) : (
          <p>
            <Status tone={keeps ? 'warning' : 'success'}>{keeps ? 'Left in' : 'Taken out of what leaves'}</Status>
          </p>
        )}
      </Stack>
    </Panel>
  )
}
