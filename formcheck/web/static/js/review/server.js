/** The questions that the page may ask, and what is said where there is no answer. */

const LOST = "formcheck does not answer. Nothing that was said before is lost: see whether it still runs in its window, then try again.";

/** What the server refuses, in words for the page; `status` 0 where it does not answer at all. */
export class Refused extends Error {
  constructor(says, status) {
    super(says);
    this.status = status;
  }
}

export class Server {
  constructor(sessionId, person) {
    this.base = `/api/review/sessions/${encodeURIComponent(sessionId)}`;
    this.person = `/api/review/people/${encodeURIComponent(person)}`;
  }

  #set(name) {
    return `${this.base}/sets/${encodeURIComponent(name)}`;
  }

  session() {
    return asked(this.base);
  }

  correct(name, correction) {
    return sent(`${this.#set(name)}/corrections`, { number: null, after: {}, comment: "", ...correction });
  }

  withdraw(number) {
    return sent(`${this.base}/corrections/${number}/withdraw`, {});
  }

  acceptRest() {
    return sent(`${this.base}/accept-rest`, {});
  }

  signOff(comment) {
    return sent(`${this.base}/sign-off`, { comment });
  }

  curves(name) {
    return asked(`${this.#set(name)}/curves`);
  }

  async poses(name) {
    return (await answered(`${this.#set(name)}/poses`)).arrayBuffer();
  }

  videoAddress(name) {
    return `${this.#set(name)}/video`;
  }

  thresholds(exercise) {
    return asked(`${this.base}/thresholds/${encodeURIComponent(exercise)}`);
  }

  judge(exercise, numbers, signal) {
    return sent(`${this.base}/thresholds/${encodeURIComponent(exercise)}`, { numbers }, signal);
  }

  agreement() {
    return asked(`${this.person}/agreement`);
  }

  keep(exercise, numbers) {
    return sent(`${this.person}/thresholds/${encodeURIComponent(exercise)}`, { numbers });
  }
}

async function asked(path) {
  return (await answered(path)).json();
}

async function sent(path, value, signal) {
  const headers = { "Content-Type": "application/json" };
  return (await answered(path, { method: "POST", headers, body: JSON.stringify(value), signal })).json();
}

async function answered(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(LOST, 0);
  }
  if (answer.ok) return answer;
  const { says } = await answer.json().catch(() => ({}));
  throw new Refused(says || `formcheck could not answer this (${answer.status}).`, answer.status);
}
