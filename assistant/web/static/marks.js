// A mark [n]: pointed at, focused or tapped it shows its paragraph in a small card; clicked it leads to the large one.
(() => {
  const EDGE = 12, WIDE = 460;
  let shown = null; // the mark whose card is open
  let pointed = false; // by the mouse: closes when that leaves, wherever the focus is
  let touched = false;
  let later = 0;
  const made = (tag, kind, text) => {
    const element = document.createElement(tag);
    element.className = kind;
    if (text) element.textContent = text;
    return element;
  };
  const pop = made("div", "yj-pop");
  pop.hidden = true;
  pop.setAttribute("aria-hidden", "true"); // screen readers have the same by the mark's description
  const close = () => { clearTimeout(later); pop.hidden = true; shown = null; };

  const fill = (mark) => {
    const id = mark.getAttribute("href").slice(1);
    const of = document.getElementById(`${id}-of`);
    if (!of) return false;
    const parts = [...of.querySelectorAll("h4, .yj-about, .yj-path")].map((part) => part.cloneNode(true));
    const text = of.querySelector("summary .yj-text, .yj-text")?.cloneNode(true);
    const line = !parts.length; // a source that is told in one line, which is its link
    if (line) parts.push(made("p", "yj-path"));
    const foot = made("p", "yj-actions");
    const link = document.getElementById(id).querySelector(".yj-actions a, a")?.cloneNode(true);
    const go = made("button", "", document.getElementById("yj-words").dataset.card);
    go.type = "button";
    go.addEventListener("click", () => lead(mark));
    for (const each of [link, go]) if (each) { each.tabIndex = -1; foot.append(each); }
    if (line && link) parts[0].append(link);
    pop.replaceChildren(...parts, text ?? made("p", "yj-text", mark.parentElement.firstChild.textContent), foot);
    return true;
  };
  const place = () => {
    if (!shown) return;
    const at = shown.getBoundingClientRect();
    const floor = Math.min(innerHeight, document.getElementById("yj-ask")?.getBoundingClientRect().top || innerHeight);
    if (!shown.isConnected || at.bottom < 0 || at.top > floor) return close();
    const below = floor - at.bottom - EDGE, above = at.top - EDGE;
    const width = Math.min(WIDE, innerWidth - 2 * EDGE);
    pop.style.width = `${width}px`;
    pop.style.maxHeight = `${Math.max(Math.min(Math.max(below, above), 380), 120)}px`;
    const high = pop.offsetHeight;
    pop.style.left = `${Math.max(EDGE, Math.min(at.left - 60, innerWidth - EDGE - width))}px`;
    pop.style.top = `${high <= below || below >= above ? at.bottom + 6 : at.top - 6 - high}px`;
  };
  const open = (mark, byMouse = false) => {
    clearTimeout(later);
    if (shown === mark) return;
    pointed = byMouse;
    if (!fill(mark)) return;
    if (!pop.isConnected) document.querySelector(".gradio-container").append(pop);
    shown = mark;
    pop.hidden = false;
    place();
    const first = pop.querySelector("mark");
    pop.scrollTop = first && first.offsetTop > pop.clientHeight / 2 ? first.offsetTop - 60 : 0;
  };
  const lead = (mark) => {
    const card = document.getElementById(mark.getAttribute("href").slice(1));
    close();
    if (!card) return;
    for (let fold = card.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    card.scrollIntoView({ behavior: calm, block: "center" });
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    close();
    card.classList.add("yj-seen");
    setTimeout(() => card.classList.remove("yj-seen"), 1600);
  };
  const mark = (event) => event.target.closest?.("a.yj-mark");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const over = mark(event);
    clearTimeout(later);
    if (over) later = setTimeout(() => open(over, true), 120);
    else if (shown && !pop.contains(event.target) && (pointed || document.activeElement !== shown)) later = setTimeout(close, 250);
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType !== "mouse";
    if (shown && !pop.contains(event.target) && mark(event) !== shown) close();
  });
  document.addEventListener("focusin", (event) => {
    const on = mark(event);
    if (on?.matches(":focus-visible")) open(on);
    else if (shown && !on && !pop.contains(event.target)) close();
  });
  document.addEventListener("click", (event) => {
    const on = mark(event);
    if (!on) return;
    event.preventDefault();
    if (touched && shown !== on && event.detail) open(on);
    else lead(on);
  });
  document.addEventListener("keydown", (event) => {
    touched = false;
    if (event.key === "Escape" && shown) { event.stopPropagation(); close(); }
  }, true);
  addEventListener("scroll", place, { passive: true });
  addEventListener("resize", place);
})();
