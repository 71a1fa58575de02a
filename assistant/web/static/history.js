// The chats of before, kept by this browser alone; what readers say of answers; more like a paragraph.
(() => {
  const KEY = "youju.chats", MOST = 200, TURNS = 50;
  let current = null;
  let opening = null; // until its questions are on the page, what stands there belongs to another chat
  let dropped = ""; // deleted while it is still on the page: stays deleted unless it goes on
  const read = () => {
    try {
      const chats = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(chats) ? chats.filter((c) => c && typeof c.id === "string" && Array.isArray(c.asked)) : [];
    } catch { return []; }
  };
  const write = (chats) => { try { localStorage.setItem(KEY, JSON.stringify(chats.slice(0, MOST))); } catch { /* full or forbidden: the chat goes on without */ } };
  const words = (asked) => (typeof asked === "string" ? asked : String(asked.question));
  const key = (asked) => JSON.stringify(asked);
  const name = (chat) => chat.title || words(chat.asked[0]);

  const onPage = () => [...document.querySelectorAll("#yj-chat .message-row [data-asked]")].map((e) => JSON.parse(e.dataset.asked)).slice(0, TURNS);

  // Keep the questions of the chat on the page, once they are answered.
  new MutationObserver(() => {
    if (document.querySelector(".yj-searching")) return;
    const asked = onPage();
    if (opening && Date.now() < opening.until && key(opening.asked) !== key(asked)) return;
    if (!asked.length) { current = null; dropped = ""; return; }
    if (opening) { current = opening.id; opening = null; }
    if (dropped === key(asked)) return;
    const chats = read();
    const known = chats.find((chat) => chat.id === current);
    if (known && key(known.asked) === key(asked)) return;
    current = known ? current : crypto.randomUUID?.() ?? String(Date.now() + Math.random());
    write([{ ...known, id: current, asked, at: Date.now() }, ...chats.filter((chat) => chat !== known)]);
  }).observe(document.documentElement, { childList: true, subtree: true });

  const button = (label, work) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", work);
    return made;
  };
  const change = (id, made) => write(read().flatMap((chat) => (chat.id === id ? made(chat) : [chat])));
  const item = (dialog, chat) => {
    const row = document.createElement("li");
    const said = dialog.dataset;
    const about = document.createElement("small");
    about.textContent = `${new Date(chat.at).toLocaleDateString(document.documentElement.lang)} · ${chat.asked.length} ${said.turns}`;
    // The keyboard stays where it was.
    const again = () => { const fresh = item(dialog, chat); row.replaceWith(fresh); fresh.querySelector("button").focus(); };
    const rename = () => {
      const input = document.createElement("input");
      input.value = name(chat);
      input.maxLength = 80;
      input.setAttribute("aria-label", said.rename);
      const done = (kept) => { if (kept && input.value.trim()) { chat.title = input.value.trim(); change(chat.id, (c) => [{ ...c, title: chat.title }]); } again(); };
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") { event.preventDefault(); done(true); } // the button that is focused next would take it, too
        if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); done(false); }
      });
      row.replaceChildren(input, button("✓", () => done(true)));
      input.select();
    };
    const remove = () => {
      const before = read();
      dropped = key(chat.asked);
      change(chat.id, () => []);
      const told = document.createElement("span");
      told.textContent = said.deleted;
      row.replaceChildren(told, button(said.undo, () => { dropped = ""; write([before.find((c) => c.id === chat.id), ...read()].sort((a, b) => b.at - a.at)); again(); }));
      row.querySelector("button").focus();
    };
    const open = () => {
      dropped = "";
      dialog.close();
      if (key(onPage()) === key(chat.asked)) { current = chat.id; return; } // it is open already
      opening = { id: chat.id, asked: chat.asked, until: Date.now() + 15000 };
      window.youjuOpen(chat.asked);
    };
    row.append(button(name(chat), open), about, button(said.rename, rename), button(said.delete, remove));
    return row;
  };
  const list = (dialog) => {
    const wanted = dialog.querySelector("input").value.trim().toLowerCase();
    const found = read().filter((chat) => `${name(chat)}\n${chat.asked.map(words).join("\n")}`.toLowerCase().includes(wanted));
    const none = document.createElement("li");
    none.textContent = wanted ? dialog.dataset.unmatched : dialog.dataset.none;
    dialog.querySelector("ul").replaceChildren(...(found.length ? found.map((chat) => item(dialog, chat)) : [none]));
  };
  document.addEventListener("input", (event) => { if (event.target.matches("#yj-history header input")) list(event.target.closest("dialog")); });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches("#yj-history header input")) event.target.closest("dialog").close(); // a search box would only empty itself
  });

  const vote = async (button) => {
    const box = button.closest(".yj-vote");
    const told = box.querySelector("[role=status]");
    const said = { ...JSON.parse(box.dataset.said), vote: button.dataset.vote, reason: button.dataset.reason || "" };
    try {
      const answer = await fetch("/feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said) });
      if (!answer.ok) throw new Error(answer.status);
      box.querySelectorAll("button, .yj-reasons").forEach((e) => e.remove());
      told.textContent = box.dataset.done;
    } catch { told.textContent = box.dataset.failed; }
  };
  // Beside the fixed reasons one may say in one's own words what is wrong.
  const ownWords = (reasons) => {
    if (reasons.querySelector("input")) return;
    const said = reasons.closest(".yj-vote").dataset;
    const input = document.createElement("input");
    Object.assign(input, { type: "text", maxLength: 500, placeholder: said.other });
    input.setAttribute("aria-label", said.other);
    const send = button(said.send, () => {
      if (!input.value.trim()) { input.focus(); return; }
      send.dataset.vote = "down";
      send.dataset.reason = input.value.trim(); // the listener for votes is next
    });
    send.className = "yj-chip";
    input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) send.click(); });
    reasons.append(input, send);
  };
  document.addEventListener("click", (event) => {
    const target = event.target.closest("#yj-history-open, .yj-close, [data-vote], [data-why]");
    if (!target) return;
    const dialog = document.getElementById("yj-history");
    if (target.id === "yj-history-open") { dialog.querySelector("input").value = ""; list(dialog); dialog.showModal(); }
    else if (target.matches(".yj-close")) dialog.close();
    else if (target.dataset.vote) vote(target);
    else {
      const reasons = target.parentElement.querySelector(".yj-reasons");
      reasons.hidden = !reasons.hidden;
      target.setAttribute("aria-expanded", String(!reasons.hidden));
      if (!reasons.hidden) { ownWords(reasons); reasons.scrollIntoView({ block: "nearest" }); }
    }
  });
})();
