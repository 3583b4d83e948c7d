// Single keys on the staff's pages, while nobody types; they can be switched off. Everything works without them.
const box = document.getElementById("keys-on");
const kept = (value) => { try { return value === undefined ? localStorage.getItem("keys") : localStorage.setItem("keys", value); } catch { return null; } };
if (box) {
  box.checked = kept() !== "off";
  box.addEventListener("change", () => kept(box.checked ? "on" : "off"));
}
const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
const items = () => [...document.querySelectorAll(".item .title")];

function step(by) {
  const all = items();
  const at = all.indexOf(document.activeElement);
  const next = all[Math.min(Math.max(at < 0 && by < 0 ? 0 : at + by, 0), all.length - 1)];
  next?.focus();
}

function decide(key) {
  const reason = document.getElementById("reason");
  const button = document.querySelector(`[data-key="${key}"]`);
  if (!button) return;
  if (button.tagName === "A") return button.click();
  if (reason?.value.trim()) button.click(); else reason?.focus();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  e: () => document.querySelector(".fields input:not([type=hidden]), .fields select")?.focus(),
  r: () => document.getElementById("reason")?.focus(),
  u: () => [...document.querySelectorAll(".undo input[name=reason]")].at(-1)?.focus(),
  q: () => document.querySelector(".desk a")?.click(),
  "?": () => { const list = document.getElementById("keys"); list.open = !list.open; list.scrollIntoView(); list.querySelector("summary").focus(); },
  ...Object.fromEntries(["c", "s", "x", "n"].map((key) => [key, () => decide(key)])),
};

document.addEventListener("keydown", (event) => {
  if (!box?.checked || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

// A field takes words from the sentence itself: enter a field, then mark words in the text above it.
let field = null;
const take = document.getElementById("take");
document.querySelector(".fields")?.addEventListener("focusin", (event) => { if (event.target.matches("input:not([type=hidden])")) field = event.target; if (take) take.hidden = true; });
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const here = chosen.anchorNode && document.querySelector(".context")?.contains(chosen.anchorNode);
  if (!take || typing(document.activeElement ?? document.body) || (!here && !take.hidden && document.activeElement === take)) return;
  const words = here ? chosen.toString().replace(/\s+/g, " ").trim() : "";
  take.hidden = !field || !words;
  take.dataset.words = words;
  take.textContent = field ? `Put “${words.length > 60 ? `${words.slice(0, 60)}…` : words}” into “${field.labels[0].textContent}”` : "";
});
take?.addEventListener("mousedown", (event) => event.preventDefault());  // the words stay marked
take?.addEventListener("click", () => { field.value = take.dataset.words; field.focus(); take.hidden = true; });

// Who types a reason and presses Enter confirms nothing by accident: the button has to be chosen.
document.getElementById("decide")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.preventDefault();
});
