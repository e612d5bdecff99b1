// SPDX-License-Identifier: EUPL-1.2
// Two kindnesses that the pages do without: a text is not lost when the network fails, and nothing is sent twice.
"use strict";

(() => {
  const RELEASE_AFTER = 10_000; // a form that answers with a file stays on the page

  const buttonsOf = (form) => form.querySelectorAll("button[type=submit], button:not([type])");

  // What takes its time says so on its button: data-busy has the words.
  function showBusy(button, isBusy) {
    if (isBusy && !button.idle) {
      button.idle = [...button.childNodes];
      button.replaceChildren(button.dataset.busy);
    } else if (!isBusy && button.idle) {
      button.replaceChildren(...button.idle);
      button.idle = null;
    }
  }

  function setBusy(form, isBusy) {
    form.toggleAttribute("data-sending", isBusy);
    for (const button of buttonsOf(form)) {
      button.setAttribute("aria-busy", String(isBusy));
      if (button.dataset.busy) showBusy(button, isBusy);
    }
  }

  function showNotice(form, name) {
    for (const notice of form.querySelectorAll("[data-notice]")) notice.hidden = notice.dataset.notice !== name;
    const shown = form.querySelector(`[data-notice="${name}"]`);
    if (shown) shown.scrollIntoView({ block: "nearest" });
  }

  // What the new page has in its head beside what this one has: what draws maps.
  function bringParts(page) {
    for (const part of page.head.querySelectorAll("script[src], link[rel=stylesheet]")) {
      const address = part.src ? "src" : "href";
      if (document.head.querySelector(`[${address}="${CSS.escape(part.getAttribute(address))}"]`)) continue;
      const fresh = document.createElement(part.tagName);
      for (const { name, value } of part.attributes) fresh.setAttribute(name, value);
      fresh.async = false; // in the order they stand
      document.head.append(fresh);
    }
  }

  // The answer becomes the page, as if the browser had gone there.
  async function showPage(response) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.redirected) {
      history.replaceState({ swapped: true }, "");
      history.pushState({ swapped: true }, "", response.url);
    }
    document.title = page.title;
    document.body.replaceWith(page.body);
    bringParts(page);
    document.dispatchEvent(new Event("page-shown"));
    window.scrollTo(0, 0);
    const first = document.querySelector(".conflict, .error-summary") || document.getElementById("innehall");
    if (first) first.focus();
  }

  const isSignIn = (response) => response.redirected && new URL(response.url).pathname.startsWith("/konto/login/");

  // After signing in again in another tab the form's token is of the old sign-in: a fresh page has the new one.
  async function sendWithFreshToken(form, submitter, refusal) {
    const response = await fetch(location.href, { credentials: "same-origin" });
    if (isSignIn(response)) return response;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("form[data-keep] [name=csrfmiddlewaretoken]");
    if (!fresh || fresh.value === form.elements.csrfmiddlewaretoken.value) return refusal;
    form.elements.csrfmiddlewaretoken.value = fresh.value;
    return send(form, submitter);
  }

  function send(form, submitter) {
    return fetch(form.getAttribute("action") || location.href, {
      method: "POST",
      body: new FormData(form, submitter),
      credentials: "same-origin",
      headers: { Accept: "text/html" },
    });
  }

  async function keepAndSend(form, submitter) {
    showNotice(form, "none");
    try {
      let response = await send(form, submitter);
      if (response.status === 403) response = await sendWithFreshToken(form, submitter, response);
      if (isSignIn(response)) showNotice(form, "signed-out");
      else if (response.ok || [409, 422, 429].includes(response.status)) await showPage(response);
      else if (response.status >= 500) showNotice(form, "network");
      else showNotice(form, "refused");
    } catch {
      showNotice(form, "network");
    } finally {
      setBusy(form, false);
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sending")) {
      event.preventDefault();
      return;
    }
    if (form.hasAttribute("data-keep")) {
      event.preventDefault();
      setBusy(form, true);
      keepAndSend(form, event.submitter);
      return;
    }
    setBusy(form, true);
    setTimeout(() => setBusy(form, false), RELEASE_AFTER);
  });

  // Work that goes on elsewhere: look again every other second until it is through.
  const LOOK_AGAIN = 2_000;

  async function follow() {
    const shown = document.querySelector("[data-follow]");
    if (!shown) return;
    if (document.hidden) {
      setTimeout(follow, LOOK_AGAIN);
      return;
    }
    try {
      const response = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-follow]");
      if (!fresh) {
        location.reload();
        return;
      }
      shown.replaceChildren(...fresh.childNodes);
    } catch {
      // the network is away: the next look may find it
    }
    setTimeout(follow, LOOK_AGAIN);
  }
  setTimeout(follow, LOOK_AGAIN);

  // Back to a page that was shown without a load: load it.
  window.addEventListener("popstate", (event) => {
    if (event.state && event.state.swapped) location.reload();
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sending]")) setBusy(form, false);
  });
})();
