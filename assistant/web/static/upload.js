// Files larger than the service takes never set out: the others do, and each left behind is told by its name.
(() => {
  const told = () => document.getElementById("yj-words")?.dataset;
  const tell = (place, names) => {
    place.nextElementSibling?.matches(".yj-too-large") && place.nextElementSibling.remove();
    if (!names.length) return;
    const line = document.createElement("p");
    line.className = "yj-error yj-too-large";
    line.setAttribute("role", "alert");
    line.textContent = told().tooLarge.replace("{names}", names.slice(0, 5).join("、") + (names.length > 5 ? "…" : ""));
    place.after(line);
  };
  const part = (place, files) => {
    const fit = new DataTransfer();
    const large = [];
    for (const file of files) file.size > Number(told().largest) ? large.push(file.name) : fit.items.add(file);
    tell(place, large);
    return [fit.files, large.length];
  };
  const placeOf = (event) => event.target.closest?.("#yj-files, #yj-draft");
  document.addEventListener("change", (event) => {
    const place = placeOf(event);
    if (!place || event.target.type !== "file" || !told() || event.parted) return;
    const [fit, left] = part(place, event.target.files);
    if (!left) return;
    event.target.files = fit;
    if (!fit.length) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("drop", (event) => {
    const place = placeOf(event);
    const input = place?.querySelector("input[type=file]");
    if (!input || !told() || !event.dataTransfer?.files.length) return;
    const [fit, left] = part(place, event.dataTransfer.files);
    if (!left) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!fit.length) return;
    input.files = fit;
    input.dispatchEvent(Object.assign(new Event("change", { bubbles: true }), { parted: true }));
  }, true);
})();
