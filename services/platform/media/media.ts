import type { Result } from '../../kernel/result.ts'

export interface RenditionSpec {
  preset: string
  /** Longest edge in pixels; never enlarged. */
  maxEdge: number
  format: 'webp' | 'jpeg' | 'png' | 'mp4' | 'mp3'
  quality?: number
  watermark?: string
  /**
   * What it is made of, where that is not the picture: `motion` a small animation of what moves, `clip` a short piece of a film,
   * `watch` all of it and `listen` all of a recording (for those who work with it, within limits of length), `excerpt` the start of
   * a recording, `sheet` the page of a document that `page` names. Made where the file has one; else left out without a word.
   */
  of?: 'motion' | 'clip' | 'watch' | 'listen' | 'excerpt' | 'sheet'
  page?: number
}
export interface DerivedFile {
  preset: string
  path: string
  mediaType: string
  /** Zero for sound. */
  width: number
  height: number
}
/** What a preview shows: the picture itself, a film's poster, a waveform, a specimen of a font, the first page, a list, or a drawn card. */
export type PreviewForm = 'PICTURE' | 'FILM' | 'SOUND' | 'SPECIMEN' | 'PAGES' | 'LIST' | 'ICON'
/** What is known of a file that is no picture. Only what was read; nothing invented. */
export interface FileFacts {
  /** Of films and recordings. */
  codec?: string | undefined
  audioCodec?: string | undefined
  frameRate?: number | undefined
  sampleRate?: number | undefined
  channels?: number | undefined
  bitDepth?: number | undefined
  bitRate?: number | undefined
  /** Loudness over time, from 0 to 100. */
  peaks?: number[] | undefined
  font?:
    | undefined
    | {
        family: string
        style: string
        version?: string | undefined
        glyphs: number
        /** The licence to embed, as the font's own bits say it: a hint for the rights desk. */
        embedding: 'installable' | 'editable' | 'preview-and-print' | 'restricted'
        axes?: string[] | undefined
      }
  /** The files of an archive, the first of them where there are many. */
  entries?: { name: string; size: number }[] | undefined
  entryCount?: number | undefined
  unpackedSize?: number | undefined
  /** Some entries ask for a password. */
  encrypted?: boolean | undefined
  /** Pages or slides, as the program that saved it counted them. */
  slides?: number | undefined
  /** What this machine lacks to make a better preview. */
  lacks?: 'ffmpeg' | undefined
}
/** A property of XMP: text, a list, a structure by the names of its fields, or text by language, each name with `@` before it. */
export type FoundXmp = string | FoundXmp[] | { [name: string]: FoundXmp }
/** Everything that a file says of itself, under the names of the standards; what it means is for the library to say. */
export interface FoundInFile {
  xmp: Record<string, FoundXmp>
  /** IIM by dataset of record 2. */
  iim: Record<string, string[]>
  /** The sum beside the IIM block is not the block's: an older program changed it after XMP was written. */
  iimChanged?: boolean
  /** Packets that came beside the file are among the XMP, and come first. */
  sidecar?: boolean
  exif: Record<string, string>
  /** What only some kinds of file have: `pdf:Title`, `quicktime:title`, `png:Author`, `id3:TIT2`, `riff:INAM`, `svg:title`. */
  other: Record<string, string>
}
/**
 * What a picture is known by when it comes again in another guise. `hash`: 64 signs of the whole, as hexadecimal digits;
 * `marks`: places that are found again in parts of it, packed; `look`: what it looks like, as numbers from -127 to 127.
 */
export interface Print {
  algorithm: number
  hash: string
  marks: string
  look: number[]
}
/** The algorithm of prints that are made today; `child/print.mjs` holds the same number. */
export const printAlgorithm = 1
export interface Derived {
  /** Null for what has no extent: sounds, fonts, archives. */
  width: number | null
  height: number | null
  pages: number | null
  durationMs: number | null
  /** How many pictures an animation has; null for what does not move. */
  frames: number | null
  form: PreviewForm
  facts: FileFacts
  /** Null where the preview is drawn by us and its colours say nothing. */
  dominantColour: string | null
  palette: string[]
  embedded: FoundInFile
  files: DerivedFile[]
  /** Null where none was asked for or could be made: a print never keeps a picture from being taken in. */
  print?: Print | null
}
/** `unsafe`: a drawing that would run or fetch something. `detail` of a failure is one sentence that says what was wrong. */
export type DeriveError = 'unreadable' | 'too-many-pixels' | 'timed-out' | 'out-of-memory' | 'unsupported' | 'unsafe'
/** Where two pictures differ. `share` of the pixels, and the parts from 0 to 1, the largest first; `path` shows it. */
export interface Difference {
  path: string
  width: number
  height: number
  share: number
  regions: { x: number; y: number; width: number; height: number; share: number }[]
}
/** A word that was read in a picture: how sure the reader is, and where it stands, from 0 to 1 of width and height. */
export interface ReadWord {
  text: string
  confidence: number
  x: number
  y: number
  width: number
  height: number
}
/** The algorithm by which text is read today. */
export const readerAlgorithm = 2
export type ReaderLanguage = 'deu' | 'eng'
export interface Media {
  /** The version of the program that reads films (ffmpeg), or null where this machine has none. */
  films(): Promise<string | null>
  /** Decodes one file in a killable, memory-limited child process, writes its renditions into `outDir` and, where asked, makes its print. */
  derive(input: {
    path: string
    mediaType: string
    outDir: string
    renditions: RenditionSpec[]
    /** Where XMP lies that came beside the file. */
    sidecar?: string
    print?: boolean
  }): Promise<Result<Derived, DeriveError>>
  /** Compares two of our own renditions of one shape, in a process of its own as well. */
  differ(input: { one: string; other: string; outDir: string; edge: number }): Promise<Result<Difference, DeriveError>>
  /** Reads the text in one of our own renditions, line by line, behind everything else that the machine does. */
  readText(input: {
    path: string
    outDir: string
    edge: number
    languages: ReaderLanguage[]
  }): Promise<Result<{ lines: ReadWord[][] }, DeriveError>>
}
