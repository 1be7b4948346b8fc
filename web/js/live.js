// Follows the city from the moment that the page shows: on an event the page is fetched again, and the parts that differ are put in place.
// A page of what is no entity says after how many seconds it is to be fetched again, whatever happens.
const WAIT_AFTER_EVENT = 400;
const LEAST_BETWEEN = 2000;
const AGES_EVERY = 60000;
const RECONNECT_AFTER = 5000;

/** Keeps the page current. `onFresh` is called after every refresh. */
export function follow(onFresh) {
  const query = document.body.dataset.follow;
  if (!query) {
    return;
  }
  let position = document.body.dataset.position;
  let timer = null;
  let last = 0;

  function refreshSoon() {
    timer ??= setTimeout(refresh, Math.max(WAIT_AFTER_EVENT, last + LEAST_BETWEEN - Date.now()));
  }

  async function refresh() {
    timer = null;
    last = Date.now();
    if (document.hidden) {
      return;
    }
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
        onFresh();
        say(true);
      }
    } catch {
      say(false);
      timer ??= setTimeout(refresh, RECONNECT_AFTER);
    }
  }

  function connect() {
    const stream = new EventSource(`/events?${query}&lastEventId=${position}`);
    stream.addEventListener("open", () => say(true));
    for (const name of ["entity", "gone", "reset"]) {
      stream.addEventListener(name, (event) => {
        position = event.lastEventId || position;
        refreshSoon();
      });
    }
    stream.addEventListener("error", () => {
      say(false);
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(connect, RECONNECT_AFTER);
      }
    });
    addEventListener("pagehide", () => stream.close(), { once: true });
  }

  connect();
  const every = document.querySelector("[data-refresh]")?.dataset.refresh;
  setInterval(refreshSoon, every ? 1000 * every : AGES_EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || refreshSoon());
}

/** Puts every live part of the fetched page in the place of the one that differs. */
function exchange(fresh) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(part.id);
    if (!other || other.innerHTML === part.innerHTML || part.contains(document.activeElement)) {
      continue;
    }
    const before = values(part).map((value) => value.textContent);
    part.replaceChildren(...other.childNodes);
    part.className = other.className;
    for (const [index, value] of values(part).entries()) {
      if (value.textContent !== before[index]) {
        value.classList.add("changed");
      }
    }
  }
}

function values(part) {
  return [...part.querySelectorAll(".figure-value, .value")];
}

/** Says in words whether the page follows the city. */
function say(connected) {
  document.body.toggleAttribute("data-following", connected);
  const place = document.querySelector("[data-connection]");
  if (place) {
    place.textContent = connected ? document.body.dataset.connected : document.body.dataset.lost;
  }
}
