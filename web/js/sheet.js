// A place opens beside the map, and the address bar follows.
const OPEN = "place";

/** The sheet of one map. */
export function sheetOf(map) {
  const sheet = map.querySelector("[data-sheet]");
  const content = sheet.querySelector("[data-sheet-content]");
  const close = sheet.querySelector("[data-close]");

  function address(id) {
    const url = new URL(location.href);
    if (id) {
      url.searchParams.set(OPEN, id);
    } else {
      url.searchParams.delete(OPEN);
    }
    return url;
  }

  async function show(href) {
    const answer = await fetch(`${href}?part=place`);
    if (!answer.ok) {
      location.href = href;
      return;
    }
    content.innerHTML = await answer.text();
    sheet.hidden = false;
    close.focus({ preventScroll: true });
  }

  function hide() {
    sheet.hidden = true;
    content.replaceChildren();
  }

  close.addEventListener("click", (event) => {
    event.preventDefault();
    history.pushState({}, "", address(""));
    hide();
  });
  sheet.addEventListener("keydown", (event) => event.key === "Escape" && close.click());
  addEventListener("popstate", ({ state }) => (state?.href ? show(state.href) : hide()));

  return {
    open(href, id) {
      history.pushState({ href }, "", address(id));
      return show(href);
    },
  };
}
