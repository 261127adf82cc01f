import QRCode from 'qrcode'

/** Draws a QR code as one vector path, modules merged along each row; `size` is without the quiet zone, which the caller leaves free. */
export function drawQr(doc: PDFKit.PDFDocument, text: string, x: number, y: number, size: number, colour: string): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const unit = size / modules.size
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue
      let length = 1
      while (column + length < modules.size && modules.get(row, column + length)) length++
      doc.rect(x + column * unit, y + row * unit, length * unit, unit)
      column += length
    }
  }
  doc.fill(colour)
}
