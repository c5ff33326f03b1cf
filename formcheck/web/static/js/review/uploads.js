/** Files on their way to formcheck: a few at a time, each with how far it is. */

const UPLOAD = "/api/review/recordings/upload";
const ANNOUNCE = "/api/review/recordings/announce";
const BROKEN_OFF = "It broke off on its way. Is formcheck still running? Try again.";

/** One file that is to be sent; `changed` is called whenever there is something new to show. */
export class Upload {
  constructor(file, wish, changed) {
    this.file = file;
    this.wish = wish;
    this.share = 0;
    this.state = "queued"; // then sending, sent, refused or cancelled
    this.says = "";
    this.wasThere = false;
    this.changed = changed;
  }

  /** Send it; resolves when it is over, whatever came of it. */
  async send() {
    this.become("sending");
    try {
      const answer = await fetch(ANNOUNCE, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ person: this.wish.person, size_bytes: this.file.size }),
      });
      if (!answer.ok) return this.become("refused", await said(answer));
    } catch {
      return this.become("refused", BROKEN_OFF);
    }
    return this.state === "cancelled" ? undefined : new Promise((over) => this.transfer(over));
  }

  /** Take it back; nothing of it stays. */
  cancel() {
    this.become("cancelled");
    this.request?.abort();
  }

  transfer(over) {
    const request = (this.request = new XMLHttpRequest()); // fetch does not tell how far it is
    request.open("POST", `${UPLOAD}?${this.query()}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => {
      this.share = event.total ? event.loaded / event.total : 0;
      this.changed(this);
    });
    request.addEventListener("loadend", () => {
      this.ended(request);
      over();
    });
    request.send(this.file);
  }

  ended(request) {
    if (this.state === "cancelled") return;
    const answer = parsed(request.responseText);
    if (request.status === 201) {
      this.wasThere = !answer.is_new;
      this.become("sent");
    } else this.become("refused", answer?.says ?? BROKEN_OFF);
  }

  query() {
    const { person, exercise, keeps } = this.wish;
    return new URLSearchParams({ name: this.file.name, person, exercise, keep: keeps, modified_ms: this.file.lastModified });
  }

  become(state, says = "") {
    this.state = state;
    this.says = says;
    this.changed(this);
  }
}

/** Send files in order, no more than so many at once. */
export class Uploads {
  constructor(mostAtOnce) {
    this.mostAtOnce = mostAtOnce;
    this.waiting = [];
    this.nSending = 0;
  }

  add(upload) {
    this.waiting.push(upload);
    this.next();
  }

  async next() {
    if (this.nSending >= this.mostAtOnce) return;
    const upload = this.waiting.shift();
    if (!upload) return;
    this.nSending += 1;
    if (upload.state === "queued") await upload.send();
    this.nSending -= 1;
    this.next();
  }
}

/** What an answer says is wrong. */
export async function said(answer) {
  return parsed(await answer.text())?.says ?? BROKEN_OFF;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
