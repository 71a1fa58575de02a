// Asking: the question and how far it is show at once, where the server's own will stand; then nothing moves.
(() => {
  let count = 0;
  let pending = null;
  let before = "";
  let opened = false;
  const words = () => document.getElementById("yj-words").dataset;
  const set = (box, text) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // Until the page has its first word from the server, nobody listens yet.
  const ready = () => document.querySelector("#yj-head .yj-counts")?.textContent;
  window.youjuSend = (id, text, tries = 100) => {
    if (!ready() && tries > 0) { setTimeout(() => window.youjuSend(id, text, tries - 1), 100); return; }
    set(document.querySelector(`#${id} textarea, #${id} input`), `${++count}|${text}`);
  };
  const turns = () => [...document.querySelectorAll("#yj-chat .message-row .yj-asked")];
  const state = () => turns().map((turn) => turn.dataset.asked || turn.textContent).join("\n");
  const busy = () => document.querySelector("#yj-chat .yj-searching");
  const made = (tag, kind, text) => {
    const element = document.createElement(tag);
    element.className = kind;
    if (text) element.textContent = text;
    return element;
  };

  // What stands there until the server's first word: question "" for a chat that is opened again.
  const show = (question, stage, smooth = true) => {
    const chat = document.getElementById("yj-chat");
    pending?.remove();
    pending = made("div", "yj-pending");
    before = state();
    if (question) pending.append(made("p", "yj-asked", question));
    const told = made("div", "yj-searching");
    told.setAttribute("role", "status");
    const line = made("p", "yj-stages");
    if (stage) line.append(made("span", "", words()[stage]));
    else for (const name of ["understanding", "searching", "writing"]) line.append(made("span", "", words()[name]));
    line.firstChild.setAttribute("aria-current", "step");
    told.append(line);
    pending.append(told);
    chat.classList.add("yj-asking");
    chat.classList.toggle("yj-opening", !question || !turns().length); // what stands there goes
    opened = !question;
    chat.querySelector(".wrapper").append(pending);
    const calm = smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    pending.scrollIntoView({ block: "start", behavior: calm ? "smooth" : "auto" });
  };
  window.youjuSettle = () => {
    if (!pending) return;
    pending.remove();
    pending = null;
    document.getElementById("yj-chat").classList.remove("yj-asking", "yj-opening");
    if (opened) turns().at(-1)?.scrollIntoView({ block: "start" });
  };
  new MutationObserver(() => { if (pending && state() !== before) window.youjuSettle(); })
    .observe(document.documentElement, { childList: true, subtree: true });

  window.youjuAsk = (question, filters = {}) => {
    const asked = question.trim();
    if (!asked || busy() || !document.querySelector("#yj-chat .wrapper")) return false;
    document.querySelector("#yj-tab-ask-button:not(.selected)")?.click();
    show(asked);
    pending.dataset.held = JSON.stringify(Object.keys(filters).length ? { question: asked, filters } : asked);
    window.youjuSend("yj-again", JSON.stringify({ question: asked, filters }));
    return true;
  };
  window.youjuOpen = (asked) => { show("", "again", false); window.youjuSend("yj-reopen", JSON.stringify(asked)); };

  const typed = () => {
    const box = document.querySelector("#yj-question textarea");
    if (window.youjuAsk(box.value)) set(box, "");
    box.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    if (!event.target.matches?.("#yj-question textarea")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    typed();
  }, true);
  document.addEventListener("click", (event) => {
    const target = event.target.closest("#yj-send, #yj-new, [data-like], #yj-chat .example");
    if (!target) return;
    if (target.id === "yj-send") typed();
    else if (target.id === "yj-new") { window.youjuSettle(); document.querySelector("#yj-question textarea")?.focus({ preventScroll: true }); }
    else if (target.dataset.like) { if (!busy()) { show(target.textContent, "like"); window.youjuSend("yj-like", target.dataset.like); } }
    else window.youjuAsk(target.textContent);
  });

  // The menu of ranges: what the library has, fetched when it is opened.
  const fill = async (menu) => {
    const body = menu.querySelector(".yj-scopes");
    try {
      const answer = await fetch("/scopes");
      if (!answer.ok) throw new Error(answer.status);
      body.innerHTML = await answer.text();
      const held = JSON.parse(menu.dataset.filters);
      for (const select of body.querySelectorAll("select")) select.value = held[select.name] ?? "";
      body.querySelector("select")?.focus({ preventScroll: true });
      body.scrollIntoView({ block: "nearest" });
    } catch { body.textContent = words().failed; }
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.yj-menu[open]")) fill(event.target);
  }, true);
  document.addEventListener("submit", (event) => {
    const menu = event.target.closest("details.yj-menu");
    if (!menu) return;
    event.preventDefault();
    const chosen = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value));
    const { year, kind, issuer, region, ...others } = JSON.parse(menu.dataset.filters);
    menu.open = false;
    window.youjuAsk(menu.dataset.question, { ...others, ...chosen });
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details.yj-menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
})();
