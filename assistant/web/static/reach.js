// For who has no mouse, no screen, or wants it on paper.
(() => {
  // Gradio calls a row of buttons a list, which has items and no buttons.
  const named = () => {
    for (const button of document.querySelectorAll('#yj-chat .examples button[aria-label]')) button.removeAttribute("aria-label"); // its text says it
    for (const examples of document.querySelectorAll('#yj-chat .examples[role="list"]')) examples.setAttribute("role", "group");
  };
  new MutationObserver(named).observe(document.documentElement, { childList: true, subtree: true });
  // Among tabs the arrows go, too.
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.target.getAttribute?.("role") !== "tab") return;
    const tabs = [...event.target.parentElement.querySelectorAll('[role="tab"]')];
    tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length].focus();
    event.preventDefault();
  });
  // Esc folds what is unfolded around the focus, and leaves the focus at its head.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const open = document.activeElement?.closest?.("details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
  // Sources are printed in full.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(".yj-answer details:not([open]):not(.yj-exports):not(.yj-menu), .yj-result details:not([open]):not(.yj-exports)")];
    for (const details of unfolded) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
    unfolded = [];
  });
})();
