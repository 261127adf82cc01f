import { Form, Link } from '@remix-run/react'
import { Status } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Cluster, Columns, Stack } from '#app/components/ui/layout.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { TwinGroup, TwinShown, TwinsOfAsset } from '#services/rights/twin-views.ts'
import { useSeesDesk } from './sees-desk.ts'

/** Pictures that share their exclusivity, side by side, with what to decide about each. */
export function TwinGroupPanel({ group, mayDecide }: { group: TwinGroup; mayDecide: boolean }) {
  return (
    <Panel title={group.name}>
      <Columns least="14rem">
        {group.members.map((twin) => (
          <Twin key={twin.memberId} twin={twin} mayDecide={mayDecide} />
        ))}
      </Columns>
    </Panel>
  )
}

function Twin({ twin, mayDecide }: { twin: TwinShown; mayDecide: boolean }) {
  const { version } = twin
  return (
    <Stack gap="sm">
      <Picture
        src={version ? `/previews/${twin.assetId}/clean-grid?v=${version.id}` : null}
        alt=""
        width={version?.width ?? null}
        height={version?.height ?? null}
        tint={version?.tint ?? null}
        ratio="3 / 2"
        fit="contain"
      />
      <Cluster justify="between">
        <Link to={`/rights/assets/${twin.assetId}`}>{twin.title}</Link>
        {twin.state === 'SUSPECTED' ? <Status tone="warning">Suspected</Status> : <Status tone="success">In the group</Status>}
      </Cluster>
      <p className="small muted">
        {twin.why || 'No reason was given'} · <When at={twin.addedAt} to="day" />
      </p>
      {mayDecide && (twin.state === 'SUSPECTED' ? <Decide twin={twin} /> : <Leave twin={twin} />)}
    </Stack>
  )
}

function Decide({ twin }: { twin: TwinShown }) {
  return (
    <Form method="post" action={`/rights/twins/${twin.memberId}/decide`}>
      <Cluster>
        <SubmitButton name="decision" value="confirm" size="sm" aria-label={`It is a twin: ${twin.title}`}>
          It is a twin
        </SubmitButton>
        <SubmitButton name="decision" value="dismiss" tone="quiet" size="sm" aria-label={`Another picture: ${twin.title}`}>
          Another picture
        </SubmitButton>
      </Cluster>
    </Form>
  )
}

function Leave({ twin }: { twin: TwinShown }) {
  return (
    <div>
      <Dialog title="Take it out of the group?" trigger="Take out…" tone="quiet" size="sm">
        <Form method="post" action={`/rights/twins/${twin.memberId}/leave`}>
          <Stack>
            <p>
              From then on “{twin.title}” is sold by itself: an exclusive licence on the others no longer bars it. What has been sold stays
              sold.
            </p>
            <TextField name="reason" label="Why" required maxLength={500} />
            <SubmitButton tone="danger">Take it out</SubmitButton>
          </Stack>
        </Form>
      </Dialog>
    </div>
  )
}

/** One line for an asset's rights page: with which pictures it shares its exclusivity. Nothing where it stands alone. */
export function TwinsLine({ twins }: { twins: TwinsOfAsset | null }) {
  const seesDesk = useSeesDesk()
  if (!twins) return null
  return (
    <p>
      {twins.state === 'SUSPECTED' ? 'Perhaps a twin of ' : 'Shares its exclusivity with '}
      {twins.others.map((other, index) => (
        <span key={other.assetId}>
          {index > 0 && ', '}
          <Link to={`/rights/assets/${other.assetId}`}>{other.title}</Link>
        </span>
      ))}
      {twins.state === 'SUSPECTED' ? ': until somebody decides, what is sold of one is taken for all. ' : '. '}
      {seesDesk && <Link to={`/rights/twins?show=${twins.state === 'SUSPECTED' ? 'suspected' : 'all'}`}>Twins</Link>}
    </p>
  )
}
