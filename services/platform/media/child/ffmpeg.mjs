// The one way to ffmpeg: reads this file and nothing else, with the reader of its kind and with coders that we name, for a
// limited time. It is a child of the child: whoever kills the one kills the other.
import { spawn } from 'node:child_process'

const decoders =
  'h264,hevc,av1,libdav1d,libaom-av1,vp8,vp9,libvpx,libvpx-vp9,mpeg4,mjpeg,png,prores,aac,mp3,mp3float,opus,libopus,vorbis,libvorbis,alac,ac3,eac3,flac,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_u8,pcm_f32le,pcm_f64le,rawvideo'
const readers = { 'video/mp4': 'mov', 'video/quicktime': 'mov', 'video/webm': 'matroska', 'audio/mpeg': 'mp3', 'audio/wav': 'wav' }

/** Arguments that say what may be read, before `-i file`. */
export const input = (file, mediaType, at) => [
  '-protocol_whitelist',
  'file',
  '-codec_whitelist',
  decoders,
  '-f',
  readers[mediaType],
  ...(mediaType === 'video/webm' || readers[mediaType] !== 'mov' ? [] : ['-enable_drefs', '0', '-use_absolute_path', '0']),
  '-max_alloc',
  '268435456',
  ...(at ? ['-ss', String(at)] : []),
  '-i',
  `file:${file}`,
]

/** Runs it to its end; `onBytes` takes what it writes to its output. Rejects where it fails or takes longer than `seconds`. */
export function run(ffmpeg, args, { seconds = 60, onBytes } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(ffmpeg, ['-hide_banner', '-nostdin', '-loglevel', 'error', '-threads', '1', '-filter_threads', '1', ...args], {
      env: { PATH: '', AV_LOG_FORCE_NOCOLOR: '1' },
      stdio: ['ignore', onBytes ? 'pipe' : 'ignore', 'pipe'],
    })
    let said = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
    if (onBytes) child.stdout.on('data', onBytes)
    child.stderr.on('data', (chunk) => void (said.length < 2000 && (said += chunk)))
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else reject(new Error(`ffmpeg ended with ${code}: ${said.slice(0, 300)}`))
    })
  })
}
