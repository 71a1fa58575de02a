// Copying a paragraph of a document with its source.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const paragraph = button.parentElement.querySelector("p, h1, h2");
  await navigator.clipboard.writeText(`“${paragraph.textContent}”——${button.dataset.from}`);
  const label = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = label; }, 1400);
});
