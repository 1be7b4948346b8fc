/** Gives every command a button that copies it. */
export function addCopyButtons() {
  if (!navigator.clipboard) {
    return;
  }
  for (const command of document.querySelectorAll("[data-copy]")) {
    const frame = document.createElement("div");
    frame.className = "command";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy no-print";
    button.textContent = command.dataset.copyLabel;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(command.textContent.trim());
      button.textContent = command.dataset.copiedLabel;
      setTimeout(() => (button.textContent = command.dataset.copyLabel), 2000);
    });
    command.replaceWith(frame);
    frame.append(command, button);
  }
}
