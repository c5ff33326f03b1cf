/** How the therapist's pages ask the server for something, and say what it refused. */

const NO_ANSWER = "formcheck does not answer. Is it still running? Nothing was lost.";

/** Post a value as JSON; returns { ok, status, found, says }: `found` is JSON or the text of a page. */
export async function post(address, value = {}) {
  try {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });
    const isJson = answer.headers.get("content-type")?.startsWith("application/json");
    const found = isJson ? await answer.json() : await answer.text();
    const refusal = isJson ? found.says : found;
    return { ok: answer.ok, status: answer.status, found, says: answer.ok ? "" : refusal || NO_ANSWER };
  } catch {
    return { ok: false, status: 0, found: null, says: NO_ANSWER };
  }
}
