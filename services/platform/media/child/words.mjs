// The child that reads the text in a picture: one of our own renditions in, words with their boxes out, one line of JSON, gone.
import { symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { createWorker, OEM, PSM } from 'tesseract.js'

sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp'].map((name) => `VipsForeignLoad${name}`) })
// Nobody waits for it: whoever makes previews goes first.
try {
  os.setPriority(15)
} catch {
  // A system that does not let us step back lets us read all the same.
}

const require = createRequire(import.meta.url)
/** What it learned of each language lies in a package of the house; nothing is fetched. Both are shown to it in one folder, as it wants them. */
async function learned(codes, folder) {
  for (const code of codes) {
    const from = path.dirname(require.resolve(`@tesseract.js-data/${code}/package.json`))
    await symlink(path.join(from, '4.0.0_best_int', `${code}.traineddata.gz`), path.join(folder, `${code}.traineddata.gz`))
  }
  return folder
}

async function read({ path: file, outDir, edge, languages }) {
  const { data, info } = await sharp(file, { failOn: 'warning', limitInputPixels: 64e6 })
    .flatten({ background: '#ffffff' })
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .greyscale()
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true })
  const worker = await createWorker(languages, OEM.LSTM_ONLY, {
    langPath: await learned(languages, outDir),
    cacheMethod: 'none',
    errorHandler: () => undefined,
  })
  // Dark and bright are told apart tile by tile: over a whole picture, a sign on a dark wall is one bright spot without letters.
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT, thresholding_method: '1' })
  const { data: found } = await worker.recognize(data, {}, { blocks: true, text: false })
  const share = (at, of) => Math.round((at / of) * 1e4) / 1e4
  const lines = (found.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines))
  return {
    lines: lines.slice(0, 400).map((line) =>
      line.words.slice(0, 60).map((word) => ({
        text: word.text.slice(0, 80),
        confidence: Math.round(word.confidence) / 100,
        x: share(word.bbox.x0, info.width),
        y: share(word.bbox.y0, info.height),
        width: share(word.bbox.x1 - word.bbox.x0, info.width),
        height: share(word.bbox.y1 - word.bbox.y0, info.height),
      })),
    ),
  }
}

const answer = await read(JSON.parse(await text(process.stdin))).then(
  (value) => ({ ok: true, value }),
  (error) => ({
    ok: false,
    error: 'unreadable',
    detail: 'The text in the picture could not be read.',
    cause: String(error?.message ?? error).slice(0, 300),
  }),
)
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0))
