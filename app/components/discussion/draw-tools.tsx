import { Button } from '../ui/button.tsx'
import { tools, toolWords, type Tool } from './draw-layer.tsx'

/** What a mark can be drawn as; chosen again, it is put away. */
export const DrawTools = ({ tool, onTool }: { tool: Tool | null; onTool: (tool: Tool | null) => void }) => (
  <span className="stage-tools">
    <span className="small muted">Mark:</span>
    {tools.map((each) => (
      <Button key={each} size="sm" tone="quiet" aria-pressed={tool === each} onClick={() => onTool(tool === each ? null : each)}>
        {toolWords[each]}
      </Button>
    ))}
  </span>
)
