/** A canvas as sharp as the screen, drawn anew when something has changed and never twice a frame. */

export class Drawing {
  /** @param draw gets pen, width and height in css pixels */
  constructor(canvas, draw) {
    this.canvas = canvas;
    this.draw = draw;
    this.pen = canvas.getContext("2d");
    new ResizeObserver(() => this.ask()).observe(canvas);
  }

  ask() {
    if (this.isAsked) return;
    this.isAsked = true;
    requestAnimationFrame(() => {
      this.isAsked = false;
      this.#now();
    });
  }

  #now() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const scale = Math.min(2, devicePixelRatio || 1);
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.canvas.width !== w) this.canvas.width = w;
    if (this.canvas.height !== h) this.canvas.height = h;
    this.pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.pen.clearRect(0, 0, width, height);
    if (width && height) this.draw(this.pen, width, height);
  }
}
