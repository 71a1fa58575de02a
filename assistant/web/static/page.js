// Copy buttons and suggestion chips, for cards that come and go: one listener for all.
(() => {
  const write = (name, text) => {
    const box = document.querySelector(`#${name} textarea, #${name} input`);
    if (!box) return;
    const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set;
    set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
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
    const target = event.target.closest("[data-copy], [data-ask], [data-do], [data-only]");
    if (!target) return;
    if (target.dataset.ask) {
      window.youjuAsk(target.dataset.ask, JSON.parse(target.dataset.filters || "{}"));
    } else if (target.dataset.do) {
      if (target.dataset.sure && !window.confirm(target.dataset.sure)) return;
      write("yj-do", target.dataset.do);
      setTimeout(() => document.getElementById("yj-do-go")?.click(), 60);
    } else if (target.dataset.only !== undefined) {
      only(target);
    } else {
      await copy(target.dataset.copy);
      said(target);
    }
  });
  // Which tab is open, for the styles.
  new MutationObserver(() => {
    const open = document.querySelector('#yj-tabs [role="tab"][aria-selected="true"]');
    if (open) document.body.dataset.tab = open.id;
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-selected"] });
  // How high the excerpts at the foot are, so that what lies under them can be scrolled out.
  const foot = new ResizeObserver(([one]) => document.body.style.setProperty("--yj-foot", `${one.target.offsetHeight}px`));
  const watched = new MutationObserver(() => {
    const excerpts = document.getElementById("yj-excerpts");
    if (!excerpts) return;
    watched.disconnect();
    foot.observe(excerpts);
  });
  watched.observe(document.documentElement, { childList: true, subtree: true });
  const said = (button) => {
    const label = button.dataset.label ??= button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1400);
  };
  // What is in the excerpts says so wherever it is shown, and goes out of them by the same button.
  let due = 0;
  const kept = () => {
    due = 0;
    const held = new Set((document.querySelector("#yj-held [data-held]")?.dataset.held || "").split(" "));
    for (const button of document.querySelectorAll("[data-keep]")) {
      const inside = button.dataset.keep.split(" ").every((id) => held.has(id));
      if ("inside" in button.dataset === inside) continue;
      const label = button.dataset.label ??= button.textContent;
      button.textContent = inside ? button.dataset.done : label;
      button.dataset.do = `${inside ? "drop" : "keep"} ${button.dataset.keep}`;
      inside ? (button.dataset.inside = "") : delete button.dataset.inside;
      button.title = inside ? button.dataset.out : "";
    }
  };
  new MutationObserver(() => { due ||= setTimeout(kept, 50); }).observe(document.documentElement, { childList: true, subtree: true });
  // Of a report only what has one verdict; "" is everything.
  const only = (button) => {
    const report = button.closest(".yj-result");
    for (const other of report.querySelectorAll("[data-only]")) other.setAttribute("aria-pressed", String(other === button));
    for (const found of report.querySelectorAll("[data-class]"))
      found.hidden = button.dataset.only !== "" && found.dataset.class !== button.dataset.only;
  };
  // A file that the page was given to save.
  window.youjuSave = (file) => {
    if (!file) return;
    const { name, type, data } = JSON.parse(file);
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName || "");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      const boxes = document.querySelectorAll("#yj-question textarea, .yj-box textarea, .yj-box input");
      [...boxes].find((box) => box.offsetParent)?.focus();
    }
    if (event.key === "Enter" && event.ctrlKey) event.target.closest?.(".yj-form")?.querySelector(".yj-go")?.click();
  });
})();

// Who only reads sees nothing of what only librarians do; the server refuses it anyway. (Chromium before 105 has no :has.)
new MutationObserver(() => {
  const reads = Boolean(document.querySelector('#yj-head .yj-account[data-role="reader"]'));
  if (document.body.classList.contains("yj-reader") !== reads) document.body.classList.toggle("yj-reader", reads);
}).observe(document.documentElement, { childList: true, subtree: true });
