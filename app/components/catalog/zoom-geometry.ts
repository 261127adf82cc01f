/** A picture in a frame: how much larger than it fits, and how far its middle is from the frame's. */
export interface View {
  scale: number
  x: number
  y: number
}
export interface Size {
  width: number
  height: number
}
export const fitted: View = { scale: 1, x: 0, y: 0 }

/** The size at which a picture just fits into a frame, never larger than it is. */
export function fit(picture: Size, frame: Size): Size {
  const share = Math.min(1, frame.width / picture.width, frame.height / picture.height)
  return { width: picture.width * share, height: picture.height * share }
}

/** As far as the pixels go: one of the picture on one of the screen. What has no more pixels cannot be enlarged. */
export const mostOf = (picture: Size, frame: Size): number => Math.max(1, picture.width / Math.max(1, fit(picture, frame).width))

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

/** The view within its bounds: not beyond the pixels, and no edge of the picture within the frame. */
export function held({ scale, x, y }: View, picture: Size, frame: Size): View {
  const shown = fit(picture, frame)
  const kept = between(1, scale, mostOf(picture, frame))
  const room = { x: Math.max(0, (shown.width * kept - frame.width) / 2), y: Math.max(0, (shown.height * kept - frame.height) / 2) }
  // Zero plus zero: no minus zero, which would be another value to React.
  return { scale: kept, x: between(-room.x, x, room.x) + 0, y: between(-room.y, y, room.y) + 0 }
}

/** Enlarged by a factor around a point of the frame (from its middle), which stays where it is as far as the bounds allow. */
export function zoomed(view: View, factor: number, at: { x: number; y: number }, picture: Size, frame: Size): View {
  const scale = between(1, view.scale * factor, mostOf(picture, frame))
  const share = scale / view.scale
  return held({ scale, x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share }, picture, frame)
}
