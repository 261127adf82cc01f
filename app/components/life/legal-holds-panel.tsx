import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonAnchor, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { Verb, wrong, type Part } from './life-forms.tsx'

/** The matters that keep an asset, those that did, and the way to another. */
export function LegalHoldsPanel({ page, answer }: Part) {
  const { holds, may, zone } = page
  if (holds.length === 0 && !may.legalHold) return null
  return (
    <Panel
      id="legal-hold"
      title="Legal hold"
      actions={
        may.evidence && (
          <ButtonAnchor size="sm" tone="quiet" icon="download" href={`/library/assets/${page.id}/evidence.json`}>
            Evidence
          </ButtonAnchor>
        )
      }
    >
      <Stack>
        {holds.length === 0 && <p className="muted">No matter keeps it.</p>}
        <ul className="stack">
          {holds.map(({ id, matter, reason, stopsDelivery, setAt, setBy, releasedAt, releasedBy, releaseReason }) => (
            <li key={id} className="stack" data-gap="xs">
              <Cluster gap="sm">
                <strong>{matter}</strong>
                {releasedAt ? <Badge>Released</Badge> : <Badge tone="danger">In force</Badge>}
                {!releasedAt && stopsDelivery && <Badge tone="warning">No deliveries</Badge>}
              </Cluster>
              <p className="small muted">
                {reason} <When at={setAt} zone={zone} to="day" />, {setBy}
              </p>
              {releasedAt && (
                <p className="small muted">
                  Released <When at={releasedAt} zone={zone} to="day" />, {releasedBy}: {releaseReason}
                </p>
              )}
              {!releasedAt && may.legalHold && (
                <div>
                  <Dialog title={`Release “${matter}”?`} trigger="Release" size="sm">
                    <Verb verb="release">
                      <input type="hidden" name="holdId" value={id} />
                      <p>The matter is over for this asset. Other matters keep it as before.</p>
                      <TextArea
                        name="reason"
                        label="Reason"
                        rows={2}
                        required
                        minLength={3}
                        maxLength={1000}
                        {...wrong(answer, 'release', 'reason')}
                      />
                      <div>
                        <SubmitButton>Release</SubmitButton>
                      </div>
                    </Verb>
                  </Dialog>
                </div>
              )}
            </li>
          ))}
        </ul>
        {may.legalHold && (
          <details>
            <summary>{holds.length > 0 ? 'Another matter' : 'Put it on legal hold'}</summary>
            <Verb verb="legal-hold">
              <p className="muted">It is not archived, deleted or purged by anybody, whatever its state, until the matter is released.</p>
              <TextField name="matter" label="Matter" required maxLength={200} {...wrong(answer, 'legal-hold', 'matter')} />
              <TextArea
                name="reason"
                label="Reason"
                rows={2}
                required
                minLength={3}
                maxLength={1000}
                {...wrong(answer, 'legal-hold', 'reason')}
              />
              <Checkbox name="stopsDelivery" label="Licensees do not download it either" />
              <div>
                <SubmitButton tone="secondary">Put on legal hold</SubmitButton>
              </div>
            </Verb>
          </details>
        )}
      </Stack>
    </Panel>
  )
}
