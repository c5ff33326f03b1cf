/**
 * The line to the server: commands there, answers back, and back again by itself when it breaks.
 *
 * At most one picture is on its way. A lost answer would stop the loop for ever, so it is waited
 * for only so long; a hung server may not close its end for seconds, so handlers are taken off
 * before a new connection is made.
 */

const FIRST_ANSWER_MS = 15000; // the engine starts with the first picture
const ANSWER_MS = 6000; // an overloaded computer takes a second or two now and then
const RETRY_MS = 1000;
const TOLD_AFTER_MS = 1500; // most breaks are over sooner: a flicker would only alarm
const HEADER_BYTES = 16;
const TAKEN_OVER_BY_OTHER_TAB = 4002;
const TAKEN_OVER_BY_SAME_PAGE = 4001;

export class Connection {
  /**
   * @param {{onMessage: Function, onState: Function, onFree: Function, hello: Function}} handlers
   *   onState gets "open", "lost", "busy" or "restarted"; onFree asks for the next picture.
   */
  constructor(handlers) {
    this.handlers = handlers;
    this.socket = null;
    this.wire = null; // the picture that the server is working on
    this.sequence = 0;
    this.hasAnswered = false;
    this.isWanted = false;
    this.retry = 0;
    this.telling = 0;
    this.nLost = 0;
    setInterval(() => this.#checkAnswer(), 500);
  }

  open() {
    this.isWanted = true;
    clearTimeout(this.retry);
    this.#letGo();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/socket`);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#send(this.handlers.hello());
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = (event) => this.#lost(event.code);
    this.socket = socket;
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  get isFree() {
    return this.isOpen && !this.wire;
  }

  command(command, exercise = null) {
    this.#send({ type: "command", command, exercise });
  }

  send(message) {
    this.#send(message);
  }

  takeOver() {
    this.#send({ type: "take_over" });
  }

  /** Send one encoded picture: `{jpeg: ArrayBuffer, captured: ms}`; the answer brings it back. */
  sendPicture(picture) {
    const message = new Uint8Array(HEADER_BYTES + picture.jpeg.byteLength);
    const header = new DataView(message.buffer);
    this.sequence += 1;
    header.setFloat64(0, picture.captured, true);
    header.setUint32(8, this.sequence, true);
    message.set(new Uint8Array(picture.jpeg), HEADER_BYTES);
    this.wire = { ...picture, sequence: this.sequence, sentAt: performance.now() };
    this.socket.send(message);
  }

  #send(message) {
    if (this.isOpen) this.socket.send(JSON.stringify(message));
  }

  #receive(message) {
    if (message.type === "hello" || message.type === "busy") this.#greeted(message.type === "hello" ? "open" : "busy");
    const isAnswer = this.wire && message.seq === this.wire.sequence && ["frame", "error"].includes(message.type);
    const picture = isAnswer ? { ...this.wire, repliedAt: performance.now() } : null;
    if (isAnswer) {
      this.wire = null;
      this.hasAnswered = true;
      this.handlers.onFree(); // the next picture leaves before this one is drawn
    }
    this.handlers.onMessage(message, picture);
  }

  #greeted(state) {
    clearTimeout(this.telling);
    this.telling = 0;
    this.nLost = 0;
    this.handlers.onState(state);
  }

  #checkAnswer() {
    const limit = this.hasAnswered ? ANSWER_MS : FIRST_ANSWER_MS;
    if (this.wire && performance.now() - this.wire.sentAt > limit) this.#lost();
  }

  #letGo() {
    if (this.socket) {
      this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
      this.socket.close();
    }
    this.socket = null;
    this.wire = null;
    this.hasAnswered = false;
  }

  async #lost(code) {
    this.#letGo();
    if (!this.isWanted || code === TAKEN_OVER_BY_SAME_PAGE) return;
    if (code === TAKEN_OVER_BY_OTHER_TAB) {
      this.isWanted = false;
      this.handlers.onState("busy");
      return;
    }
    this.telling ||= setTimeout(() => this.handlers.onState("lost"), TOLD_AFTER_MS);
    this.retry = setTimeout(() => this.#again(), this.nLost === 0 ? 0 : RETRY_MS);
    this.nLost += 1;
  }

  /** A server that was started again knows this page no more: say so instead of trying for ever. */
  async #again() {
    try {
      const answer = await fetch("/api/state", { cache: "no-store" });
      if (answer.status === 403) {
        this.isWanted = false;
        clearTimeout(this.telling);
        this.handlers.onState("restarted");
        return;
      }
    } catch {
      // Not there yet: the socket will say so as well, and we try again.
    }
    if (this.isWanted) this.open();
  }
}
