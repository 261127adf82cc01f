import { Link } from '@remix-run/react'
import { Badge, Status } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { VisuallyHidden } from '#app/components/ui/layout.tsx'
import { When } from '#app/components/ui/when.tsx'
import { isEnding, kindWords } from '#services/desk/rules/kinds.ts'
import { wayOut } from '#services/desk/rules/way-out.ts'
import { detailOf, leftOf, titleOf } from '#services/desk/rules/words.ts'
import type { WorkLine } from '#services/desk/worklist.ts'
import { lineAddress, severityTone, severityWords } from './words.ts'

/** The picture of a line; of a line with many, the first one. */
export function LineThumb({ asset, count }: { asset: WorkLine['asset']; count: number }) {
  return (
    <span className="work-thumb" data-many={count > 1 || undefined}>
      <Picture
        src={asset?.versionId ? `/previews/${asset.id}/clean-grid?v=${asset.versionId}` : null}
        alt=""
        tint={asset?.tint ?? null}
        ratio="4 / 3"
      />
    </span>
  )
}

/** Who sees to a line, that it was put off or dealt with, and in what words. */
export function LineMark({ marked, zone }: { marked: WorkLine['marked']; zone: string }) {
  if (!marked || (!marked.mark && !marked.assignee && !marked.note)) return null
  return (
    <p className="work-mark small">
      {marked.mark === 'DONE' && <Status tone="success">Dealt with</Status>}
      {marked.mark === 'SNOOZED' && marked.until && (
        <Status>
          Put off until <When at={marked.until} to="day" zone={zone} />
        </Status>
      )}
      {marked.assignee && <Badge tone="info">{marked.assignee}</Badge>}
      {marked.note && <span className="muted">“{marked.note}”</span>}
    </p>
  )
}

/** What, which picture, when, how bad, and the one way out. */
export function WorkLineRow({ line, zone, mayMark }: { line: WorkLine; zone: string; mayMark: boolean }) {
  const title = titleOf(line)
  const out = wayOut(line, mayMark)
  const ending = isEnding(line.kind)
  return (
    <li className="work-line" data-severity={line.severity}>
      {mayMark && <input type="checkbox" name="item" value={line.item} aria-label={`${title}, ${line.day}`} form="work" data-work-box="" />}
      <LineThumb asset={line.asset} count={line.pictures} />
      <div className="work-what">
        <p className="work-kind small muted">{kindWords[line.kind]}</p>
        <h3 className="work-title">
          <Link to={lineAddress(line.item)}>{title}</Link>
        </h3>
        <p className="small">
          {line.pictures === 1 && line.asset && <span className="work-asset">{line.asset.title} · </span>}
          {detailOf(line)}
        </p>
        <LineMark marked={line.marked} zone={zone} />
      </div>
      <p className="work-when small">
        <strong className="nowrap">{leftOf(line.daysLeft, ending)}</strong>
        <span className="muted">
          <When at={line.dueAt} to="day" zone={zone} {...(ending && { endOfSpan: true })} />
        </span>
      </p>
      <p className="work-severity">
        <VisuallyHidden>How bad: </VisuallyHidden>
        <Status tone={severityTone[line.severity]}>{severityWords[line.severity]}</Status>
      </p>
      <p className="work-out">
        <ButtonLink to={out.to} size="sm" aria-label={`${out.label}: ${title}`}>
          {out.label}
        </ButtonLink>
      </p>
    </li>
  )
}
