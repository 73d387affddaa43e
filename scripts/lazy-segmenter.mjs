// Stands for Intl.Segmenter in the bundle. Making the first one loads its tables, which takes as long as
// starting Node; several packages make one as they are read, for texts that may never come.
export class LazySegmenter {
  #options;
  #real;
  constructor(...options) {
    this.#options = options;
  }

  segment(text) {
    this.#real ??= new globalThis.Intl.Segmenter(...this.#options);
    return this.#real.segment(text);
  }
}
