// Until Gradio stands: its words in the page's language, and a question box that already takes a question.
(function () {
  var root = document.documentElement;
  // Gradio asks the browser for its language, not the page.
  Object.defineProperty(navigator, "language", { configurable: true, get: function () { return root.lang; } });
  Object.defineProperty(navigator, "languages", { configurable: true, get: function () { return [root.lang]; } });
  var shell = document.getElementById("yj-shell");
  var early = shell.querySelector("textarea");
  var send = shell.querySelector("button");
  var labels = JSON.parse(shell.getAttribute("data-labels"));
  var asked = false;
  var composing = false; // a word of Chinese that is half typed would be lost with the box
  var ask = function () {
    if (!early.value.trim()) return;
    asked = true;
    send.setAttribute("aria-busy", "true");
  };
  send.addEventListener("click", ask);
  early.addEventListener("compositionstart", function () { composing = true; });
  early.addEventListener("compositionend", function () { composing = false; setTimeout(look, 0); });
  early.addEventListener("input", function () { asked = false; send.removeAttribute("aria-busy"); });
  early.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask();
  });
  // A click that comes before Gradio listens is lost; one that comes while it works on the first does nothing.
  var press = function (text, times) {
    var box = document.querySelector("#yj-question textarea");
    if (!times || !box || box.value !== text) return;
    setTimeout(function () { document.getElementById("yj-send").click(); }, 60);
    setTimeout(function () { press(text, times - 1); }, 500);
  };
  var hand = function (box) {
    var focused = document.activeElement === early;
    root.classList.remove("yj-waiting");
    if (early.value) {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, early.value);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (focused) {
      box.focus({ preventScroll: true });
      box.setSelectionRange(early.selectionStart, early.selectionEnd);
    }
    shell.parentNode.removeChild(shell);
    if (asked) press(early.value, 40);
  };
  // Labels that Gradio has in English only, whenever a tab that has one is built.
  var due = false;
  var label = function () {
    due = false;
    Object.keys(labels).forEach(function (each) {
      if (labels[each] === each) return;
      document.querySelectorAll('[aria-label="' + each + '"]').forEach(function (found) { found.setAttribute("aria-label", labels[each]); });
    });
  };
  new MutationObserver(function () {
    if (due) return;
    due = true;
    setTimeout(label, 50);
  }).observe(root, { childList: true, subtree: true });
  var done = false;
  var look = function () {
    if (done || composing) return;
    var box = document.querySelector("#yj-question textarea");
    var bar = document.getElementById("yj-ask");
    if (!box || !bar || getComputedStyle(bar).position !== "fixed") return; // its style comes last
    if (!document.getElementById("yj-send") || !document.getElementById("yj-new")) return; // buttons come after boxes
    done = true;
    watch.disconnect();
    clearInterval(again);
    requestAnimationFrame(function () { hand(box); });
  };
  var watch = new MutationObserver(look);
  watch.observe(document.documentElement, { childList: true, subtree: true });
  var again = setInterval(look, 100); // a style sheet that arrives changes no element
  setTimeout(function () { if (!done) shell.querySelector(".yj-shell-late").hidden = false; }, 15000);
})();
