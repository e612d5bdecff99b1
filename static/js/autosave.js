// SPDX-License-Identifier: EUPL-1.2
// A long text saves itself while it is written. Without this the button does the same; what is typed is never touched.
"use strict";

(() => {
  const PAUSE = 2_500; // after the last key
  const AT_MOST = 15_000; // while somebody writes on and on
  const AGAIN = 30_000; // after the server could not be reached, should the browser not tell that it can
  const states = new WeakMap();

  const textOf = (form) => [...form.querySelectorAll("textarea")].map((area) => area.value).join("\0");

  function stateOf(form) {
    if (!states.has(form)) {
      states.set(form, { timer: 0, since: 0, saved: form.querySelector("textarea")?.defaultValue ?? "", sending: null, stopped: false, isAway: false });
    }
    return states.get(form);
  }

  function say(form, words) {
    const place = form.querySelector("[data-autosave-said]");
    if (place && words) place.textContent = words;
  }

  // Why the text is not saved, with the look of an error, at the text too; said once, not at every pause.
  function refuse(form, words) {
    const place = form.querySelector("[data-autosave-refused]");
    if (place.textContent !== words) place.textContent = words;
    showNotice(form, "unsaved");
    markText(form, true);
  }

  function markText(form, isRefused) {
    for (const area of form.querySelectorAll("textarea")) {
      area.closest(".field")?.classList.toggle("has-error", isRefused);
      if (isRefused) area.setAttribute("aria-invalid", "true");
      else area.removeAttribute("aria-invalid");
    }
  }

  // The network is away: what is typed waits, and is sent when it is back.
  function wait(form) {
    const state = stateOf(form);
    state.isAway = true;
    showNotice(form, "waiting");
    clearTimeout(state.timer);
    state.timer = setTimeout(() => start(form), AGAIN);
  }

  // 200 is kept; 409 and 422 are told and left to the button, which shows both texts or asks; the network is tried again.
  async function save(form) {
    const state = stateOf(form);
    const text = textOf(form);
    state.since = 0;
    if (state.stopped || form.hasAttribute("data-sending") || !form.isConnected) return;
    if (text === state.saved) {
      settle(form); // what was refused, or waited, has been taken back
      return;
    }
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        keepalive: document.hidden,
      });
      if (response.redirected || !response.headers.get("Content-Type")?.startsWith("application/json")) {
        if (response.redirected) showNotice(form, "signed-out");
        else wait(form);
        return;
      }
      const answer = await response.json();
      if (response.ok) {
        form.elements.opened_version.value = answer.version;
        state.saved = text;
        const back = state.isAway ? `${form.querySelector("[data-notice=waiting]").dataset.back} ` : "";
        settle(form);
        say(form, back + answer.said);
        return;
      }
      state.isAway = false;
      state.stopped = response.status === 409;
      refuse(form, answer.said);
    } catch {
      wait(form);
    }
  }

  function settle(form) {
    stateOf(form).isAway = false;
    showNotice(form, "none");
    markText(form, false);
  }

  function showNotice(form, name) {
    for (const notice of form.querySelectorAll("[data-notice]")) notice.hidden = notice.dataset.notice !== name;
  }

  function start(form) {
    const state = stateOf(form);
    const run = state.sending ?? Promise.resolve();
    const mine = run.then(() => save(form)).finally(() => {
      if (state.sending === mine) state.sending = null; // one that came after is still on its way
    });
    state.sending = mine;
    return mine;
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (!form) return;
    const state = stateOf(form);
    const now = Date.now();
    state.since ||= now;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => start(form), Math.max(0, Math.min(PAUSE, state.since + AT_MOST - now)));
  });

  // A press on the button waits for what is on its way, so that one's own text is not taken for another's.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (!form) return;
    const state = stateOf(form);
    clearTimeout(state.timer);
    if (!state.sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    state.sending.then(() => form.requestSubmit(button));
  }, true);

  // The network is back: what waited is sent at once.
  window.addEventListener("online", () => {
    for (const form of document.querySelectorAll("form[data-autosave]")) if (stateOf(form).isAway) start(form);
  });

  // Leaving the page, or the phone's screen going dark: what is there is sent at once.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) for (const form of document.querySelectorAll("form[data-autosave]")) start(form);
  });
})();
