// Tacto's wasm as the extension ships it, loaded in Node.
export async function engine() {
  throw new Error('not yet');
}
