// Fills the place above an answer once its synthesis is written; one is asked for at a time, in the order of the answers.
(() => {
  const written = new Map();
  let asked = null;
  const ask = (token) => {
    const box = document.querySelector("#yj-write textarea, #yj-write input");
    if (!box) return;
    asked = token;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, token);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  new MutationObserver(() => {
    const came = document.querySelector("#yj-written [data-written]");
    if (came && !written.has(came.dataset.written)) {
      written.set(came.dataset.written, came.innerHTML);
      if (asked === came.dataset.written) asked = null;
    }
    let next = null;
    for (const place of document.querySelectorAll(".yj-synthesis[data-write]")) {
      const token = place.dataset.write;
      if (!written.has(token)) next ??= token;
      else if (place.dataset.filled !== token) {
        place.innerHTML = written.get(token);
        place.dataset.filled = token;
      }
    }
    if (next && !asked) ask(next);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
