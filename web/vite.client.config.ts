import { defineConfig } from 'vite';

/** The client library as others install it: one module; its types come from tsc. */
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'client/dist',
    emptyOutDir: false,
    minify: false,
    sourcemap: true,
    lib: { entry: 'src/client/index.ts', formats: ['es'], fileName: () => 'parley-client.js' },
  },
});
