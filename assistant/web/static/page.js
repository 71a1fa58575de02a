// Copy buttons, suggestion chips and citation marks, for cards that come and go: one listener for all.
(() => {
  const ask = (text) => {
    const box = document.querySelector("#yj-question textarea, #yj-question input");
    if (!box) return;
    const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set;
    set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#yj-send")?.click(), 60);
  };
  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  document.addEventListener("click", async (event) => {
    const target = event.target.closest("[data-copy], [data-ask], a.yj-mark");
    if (!target) return;
    if (target.matches("a.yj-mark")) {
      event.preventDefault();
      const card = document.getElementById(target.getAttribute("href").slice(1));
      if (!card) return;
      card.scrollIntoView({ behavior: "smooth", block: "center" });
      card.classList.add("yj-seen");
      setTimeout(() => card.classList.remove("yj-seen"), 1600);
    } else if (target.dataset.ask) {
      ask(target.dataset.ask);
    } else {
      await copy(target.dataset.copy);
      const label = target.textContent;
      target.textContent = target.dataset.done;
      setTimeout(() => { target.textContent = label; }, 1400);
    }
  });
  // A new answer is read from its beginning, under its question.
  let settled = 0;
  new MutationObserver(() => {
    const answers = document.querySelectorAll(".yj-answer, .yj-error");
    if (answers.length > settled) answers[answers.length - 1].scrollIntoView({ block: "start" });
    settled = answers.length;
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName || "");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      document.querySelector("#yj-question textarea, #yj-question input")?.focus();
    }
  });
})();
