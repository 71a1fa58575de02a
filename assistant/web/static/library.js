// 文库: buttons and choices act through one hidden box; the focus stays where it was when the list is drawn anew.
(() => {
  let focused = "";
  let count = 0;
  const act = (text) => {
    const box = document.querySelector("#yj-act textarea, #yj-act input");
    if (!box) return;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, `${++count}|${text}`);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const key = (element) => (element.dataset.key ? `[data-key="${CSS.escape(element.dataset.key)}"]` : `[data-act="${CSS.escape(element.dataset.act)}"]`);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    focused = key(button);
    act(button.dataset.act);
    if (button.closest("#yj-health")) document.querySelector("#yj-files")?.scrollIntoView({ block: "start" }); // what comes of it stands up there
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("select[data-act], input[data-act]")) return;
    focused = key(event.target);
    act(event.target.dataset.act + event.target.value);
  });
  new MutationObserver(() => {
    const counts = document.querySelector("#yj-shelf [data-counts]")?.dataset.counts; // the page's head told what was there before
    const told = document.querySelector("#yj-head .yj-counts");
    if (counts && told && told.textContent !== counts) told.textContent = counts;
    if (!focused || document.activeElement !== document.body) return;
    document.querySelector(`#yj-shelf ${focused}`)?.focus({ preventScroll: true });
    focused = "";
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
