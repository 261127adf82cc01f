// Pixels in the coat of a TIFF: the one way to tell libvips that numbers are inks, or colours of a profile.
const photometric = { grey: 1, rgb: 2, cmyk: 5, lab: 8 }
const counts = { grey: 1, rgb: 3, cmyk: 4, lab: 3 }

/** A TIFF of one strip of 8-bit samples, with the profile that they are meant in. */
export function tiffOf(pixels, { width, height, colours, icc }) {
  const samples = counts[colours]
  const bits = Buffer.alloc(samples * 2)
  for (let i = 0; i < samples; i++) bits.writeUInt16LE(8, i * 2)
  const at = { bits: 8, icc: 8 + bits.length }
  const iccSize = icc?.length ?? 0
  const data = at.icc + iccSize + (iccSize % 2)
  const tags = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    samples > 2 ? [258, 3, samples, at.bits] : [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, photometric[colours]],
    [273, 4, 1, data],
    [277, 3, 1, samples],
    [278, 4, 1, height],
    [279, 4, 1, pixels.length],
    [284, 3, 1, 1],
    ...(colours === 'cmyk' ? [[332, 3, 1, 1]] : []),
    ...(iccSize ? [[34675, 7, iccSize, at.icc]] : []),
  ]
  const directory = Buffer.alloc(2 + tags.length * 12 + 4)
  directory.writeUInt16LE(tags.length, 0)
  tags.forEach(([tag, type, count, value], i) => {
    const to = 2 + i * 12
    directory.writeUInt16LE(tag, to)
    directory.writeUInt16LE(type, to + 2)
    directory.writeUInt32LE(count, to + 4)
    if (type === 3 && count === 1) directory.writeUInt16LE(value, to + 8)
    else directory.writeUInt32LE(value, to + 8)
  })
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(data + pixels.length, 4)
  return Buffer.concat([head, bits, ...(iccSize ? [icc, Buffer.alloc(iccSize % 2)] : []), pixels, directory])
}
