// Exports: a button names what it wants by ids, the server gives the file, the browser saves it.
(() => {
  const parsed = (button) => JSON.parse(button.dataset.export);
  const wanted = (button) => {
    const asked = parsed(button);
    if (!("whole" in button.dataset)) return asked;
    const answers = [...document.querySelectorAll("#yj-chat .yj-answer [data-export][data-form=docx]:not([data-whole])")];
    return { ...asked, turns: answers.flatMap((answer) => parsed(answer).turns) };
  };
  const named = (response) => {
    const found = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") || "");
    return found ? decodeURIComponent(found[1]) : "export";
  };
  const save = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const failed = (button) => {
    const label = button.dataset.label ??= button.textContent;
    button.textContent = button.dataset.failed;
    setTimeout(() => { button.textContent = label; }, 2500);
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-export], [data-save]");
    if (!button) return;
    if (button.dataset.save) return window.youjuSave(button.dataset.save);
    button.disabled = true;
    try {
      const body = JSON.stringify({ ...wanted(button), form: button.dataset.form });
      const response = await fetch("/export", { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!response.ok) throw new Error(response.status);
      save(named(response), await response.blob());
    } catch { failed(button); } finally { button.disabled = false; }
  });
})();
