// The program behind the page: when it can't be reached the page says so, and goes on when it is back.
(() => {
  const EVERY = 20000, SOON = 2000, WAIT = 5000, KEPT = "youju.gone";
  let gone = false;
  let looking = null; // one look at a time
  let unanswered = null; // was waited for when the program went, and does not fit into the question box
  const words = () => document.getElementById("yj-words")?.dataset;
  const store = {
    get: () => { try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch { return null; } },
    set: (value) => { try { sessionStorage.setItem(KEPT, JSON.stringify(value)); } catch { /* forbidden: the page comes back empty */ } },
    drop: () => { try { sessionStorage.removeItem(KEPT); } catch { /* nothing was kept */ } },
  };
  const reach = async () => {
    try {
      const answer = await fetch("/here", { cache: "no-store", signal: AbortSignal.timeout?.(WAIT) });
      return answer.status < 500 || answer.status === 503 ? await answer.json().catch(() => ({})) : { failed: true };
    } catch { return null; }
  };
  const put = (box, text) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const bar = () => {
    const there = document.getElementById("yj-gone");
    if (there) return there;
    const made = document.createElement("p");
    made.id = "yj-gone";
    made.setAttribute("role", "alert");
    document.querySelector(".gradio-container")?.append(made);
    return made;
  };
  // What is on the page and half typed, for when it has to be loaded anew.
  const keep = () => {
    const box = document.querySelector("#yj-question textarea");
    const asked = [...document.querySelectorAll("#yj-chat .message-row [data-asked]")].map((e) => JSON.parse(e.dataset.asked));
    if (unanswered) asked.push(unanswered);
    store.set({ asked, draft: box?.value || "" });
  };
  const counts = (told) => {
    const head = document.querySelector("#yj-head .yj-counts");
    if (!head?.dataset.told || !head.textContent || !Number.isInteger(told.documents)) return;
    const text = head.dataset.told.replace("{documents}", told.documents).replace("{paragraphs}", told.paragraphs);
    if (head.textContent !== text) head.textContent = text;
  };
  const look = () => (looking ??= looked().finally(() => { looking = null; }));
  const looked = async () => {
    let told = await reach();
    if (!told && !gone) { await new Promise((done) => setTimeout(done, 600)); told = await reach(); }
    if (told) { counts(told); if (gone) back(); }
    else if (!gone) lost();
    return Boolean(told);
  };
  const lost = () => {
    gone = true;
    const waiting = JSON.parse(document.querySelector(".yj-pending")?.dataset.held ?? "null");
    const box = document.querySelector("#yj-question textarea");
    if (waiting && (box?.value || waiting.filters)) unanswered = waiting;
    else if (waiting && box) put(box, waiting);
    keep();
    bar().textContent = words()?.gone ?? "";
    document.documentElement.classList.add("yj-gone");
    window.youjuSettle?.();
    const again = setInterval(async () => { if (await look()) clearInterval(again); }, SOON);
  };
  const back = () => {
    bar().textContent = words()?.back ?? "";
    keep();
    setTimeout(() => location.reload(), 600); // what the server knew of this page went with it
  };
  // After that: the chat and what was half typed are put back.
  const restore = () => {
    const kept = store.get();
    const box = document.querySelector("#yj-question textarea");
    if (!kept || !box || !words() || !document.querySelector("#yj-chat .wrapper")) return;
    clearInterval(waiting);
    store.drop();
    setTimeout(() => {
      if (kept.draft) put(box, kept.draft);
      if (kept.asked?.length) window.youjuOpen(kept.asked);
    }, 800);
  };
  const waiting = setInterval(restore, 300);
  setTimeout(() => clearInterval(waiting), 20000);

  new MutationObserver(() => {
    for (const toast of document.querySelectorAll(".toast-body.error:not([data-yj])")) {
      toast.dataset.yj = "seen";
      toast.hidden = true; // Gradio's own words for a lost connection are English; any other failure is shown
      keep();
      look().then((there) => { if (there) toast.hidden = false; });
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
  setInterval(() => { if (!gone && document.visibilityState === "visible") look(); }, EVERY);
  addEventListener("offline", look);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && !gone) look(); });
  // A question that is waited for longer than usual: is anybody there?
  setInterval(() => { if (!gone && document.querySelector(".yj-pending")) look(); }, 3000);
})();
