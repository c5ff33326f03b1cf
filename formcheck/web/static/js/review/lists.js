// A list that is searched while typing and gone through with the keyboard.
// `/` begins a search, j and k or the arrows go from row to row, Enter opens.

const WAIT_MS = 200;
const search = document.getElementById("search");
const results = document.getElementById("results");
const found = document.getElementById("found");
let waiting = 0;
let newest = 0;

function address() {
  const url = new URL(results.dataset.address, location.href);
  url.searchParams.delete("page");
  const text = search.value.trim();
  if (text) url.searchParams.set("q", text);
  else url.searchParams.delete("q");
  return url;
}

async function look() {
  const number = (newest += 1);
  const url = address();
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(`the list answers ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number !== newest) return;
    const fresh = page.getElementById("results");
    results.replaceChildren(...fresh.childNodes);
    results.dataset.address = fresh.dataset.address;
    found.textContent = page.getElementById("found").textContent;
    history.replaceState(null, "", url);
  } catch {
    if (number === newest) found.textContent = "The list cannot be read: is formcheck still running?";
  } finally {
    if (number === newest) results.removeAttribute("aria-busy");
  }
}

function rows() {
  return [...results.querySelectorAll("a.opens")];
}

function go(step) {
  const all = rows();
  if (!all.length) return;
  const row = document.activeElement?.closest("tr");
  const here = row ? all.findIndex((one) => row.contains(one)) : -1;
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
  const to = all[Math.min(Math.max(next, 0), all.length - 1)];
  to.focus();
  to.closest("tr").scrollIntoView({ block: "nearest" });
}

search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, WAIT_MS);
});

search.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" || event.key === "ArrowDown") {
    event.preventDefault();
    if (event.key === "ArrowDown") go(1);
    else {
      clearTimeout(waiting);
      look();
    }
  } else if (event.key === "Escape" && search.value) {
    search.value = "";
    clearTimeout(waiting);
    look();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  if (event.key === "/") {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key in steps) {
    event.preventDefault();
    go(steps[event.key]);
  }
});
