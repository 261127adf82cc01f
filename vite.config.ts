import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import { compiledWords } from './app/words/compiled.ts'
import remixConfig from './remix.config.js'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

export default defineConfig({
  plugins: [compiledWords(), remix(remixConfig)],
  // Vite's dependency scan reads .server files too; these are never for a browser.
  optimizeDeps: {
    exclude: ['@prisma/client', '@prisma/adapter-pg', '@node-rs/argon2', 'lucia', 'sharp', 'pg', '@hyzyla/pdfium'],
    include: ['@conform-to/react', 'isbot'],
  },
  server: { watch: { ignored: ['**/.local/**', '**/services/platform/generated/**'] } },
  // A catalogue is one value, parsed as such: names for its areas would be a tenth more of what a browser loads.
  json: { namedExports: false },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 300 },
})
