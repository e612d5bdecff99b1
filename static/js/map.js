// SPDX-License-Identifier: EUPL-1.2
// Draws the maps of a page from what the server wrote (platssamverkan/ground/maps.py). The list beside is the truth:
// the signs are its signs, and the page is whole without this file. Needs Leaflet; without it nothing happens.
"use strict";

(() => {
  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const METRES_PER_DEGREE = 111_320;
  const FEW = 12; // so many names stand on the map all the time
  const CLOSE = 22; // pixels between two rings whose labels would meet
  const WHOLE_SWEDEN = [[55.2, 10.9], [69.1, 24.2]];

  const made = (tag, css, text = "") => {
    const element = document.createElement(tag);
    if (css) element.className = css;
    element.textContent = text; // never as HTML: names are what people wrote
    return element;
  };

  function makeMap(canvas, data) {
    const map = L.map(canvas, {
      zoomControl: false,
      attributionControl: false,
      scrollWheelZoom: false, // the page scrolls, the buttons and the keys zoom
      zoomAnimation: !STILL,
      fadeAnimation: !STILL,
      markerZoomAnimation: !STILL,
      minZoom: 4,
      maxZoom: 19,
    });
    map.fitBounds(WHOLE_SWEDEN, { animate: false });
    new ResizeObserver(() => map.invalidateSize()).observe(canvas); // a style sheet that came late, a phone turned round
    L.control.zoom({ zoomInTitle: data.words.zoomIn, zoomOutTitle: data.words.zoomOut }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (data.tiles.url) {
      L.control.attribution({ prefix: false }).addAttribution(data.tiles.attribution).addTo(map);
      L.tileLayer(data.tiles.url, { maxZoom: 19, referrerPolicy: "origin" }).addTo(map);
    }
    addNorth(map, data.words.north);
    map.on("popupopen", (event) => {
      const button = event.popup.getElement().querySelector(".leaflet-popup-close-button");
      if (button) button.setAttribute("aria-label", data.words.close);
    });
    return map;
  }

  function addNorth(map, word) {
    const North = L.Control.extend({
      onAdd() {
        const sign = made("div", "map-north");
        const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        const arrow = document.createElementNS("http://www.w3.org/2000/svg", "path");
        svg.setAttribute("viewBox", "0 0 16 20");
        svg.setAttribute("aria-hidden", "true");
        arrow.setAttribute("d", "M8 0 15 20 8 15 1 20z");
        svg.append(arrow);
        sign.append(svg, made("span", "", "N"), made("span", "visually-hidden", ` ${word}`));
        return sign;
      },
    });
    new North({ position: "topright" }).addTo(map);
  }

  function addRings(map, centre, rings) {
    const labels = rings.map((metres) => {
      L.circle(centre, { radius: metres, interactive: false, fill: false, weight: 1, className: "map-ring" }).addTo(map);
      const name = metres < 1000 ? `${metres} m` : `${metres / 1000} km`;
      const holder = made("div");
      holder.append(made("span", "", name));
      const icon = L.divIcon({ className: "map-ring-label", html: holder.firstChild, iconSize: null });
      const top = [centre[0] + metres / METRES_PER_DEGREE, centre[1]];
      return L.marker(top, { icon, interactive: false, keyboard: false }).addTo(map);
    });
    const thin = () => {
      let last = map.latLngToLayerPoint(centre);
      for (const label of labels) {
        const point = map.latLngToLayerPoint(label.getLatLng());
        const isClose = point.distanceTo(last) < CLOSE;
        label.getElement().hidden = isClose;
        if (!isClose) last = point;
      }
    };
    map.on("zoomend", thin);
    thin();
  }

  // ---- what is there ----

  function story(feature, words) {
    const told = made("div");
    told.append(made("b", "", feature.label));
    for (const text of [feature.category, feature.about]) if (text) told.append(made("p", "", text));
    if (feature.url) {
      const link = made("a", "", words.open);
      link.href = feature.url;
      link.setAttribute("aria-label", `${words.open} ${feature.label}`);
      told.append(link);
    }
    return told;
  }

  function signOf(feature, row, shell) {
    const pin = made("span", "map-pin");
    const drawn = (row && row.querySelector("svg")) || shell.querySelector(`[data-sign="${CSS.escape(feature.icon)}"] svg`);
    if (drawn) pin.append(drawn.cloneNode(true));
    if (feature.count) pin.append(made("span", "map-count", String(feature.count)));
    const css = feature.main ? "map-sign map-main" : "map-sign";
    return L.divIcon({ className: css, html: pin, iconSize: [44, 44], iconAnchor: [22, 22], popupAnchor: [0, -14] });
  }

  function layerOf(feature, row, shell, isDrawing) {
    if (feature.line) return L.polyline(feature.line, { className: "map-line" });
    if (feature.area && feature.area.corners) return L.polygon(feature.area.corners, { className: "map-area" });
    if (feature.area) return L.circle(feature.area.centre, { radius: feature.area.radius, className: "map-area" });
    return L.marker(feature.point, { icon: signOf(feature, row, shell), riseOnHover: true, keyboard: !isDrawing });
  }

  function addFeatures(map, shell, data) {
    const page = shell.closest("[data-map-page]");
    const bounds = L.latLngBounds([]);
    const layers = [];
    for (const feature of data.features) {
      const row = page && page.querySelector(`[data-feature="${CSS.escape(feature.key)}"]`);
      const layer = layerOf(feature, row, shell, Boolean(data.input)).addTo(map);
      const isNamed = feature.main || data.features.length <= FEW;
      const style = feature.point ? { direction: "bottom", offset: [0, 14] } : { direction: "center" };
      layer.bindTooltip(made("span", "", feature.label), { permanent: isNamed, ...style });
      if (!data.input) layer.bindPopup(story(feature, data.words));
      if (feature.point) {
        const words = [feature.label, feature.category, feature.about].filter(Boolean).join(", ");
        layer.getElement().setAttribute("aria-label", words);
        if (data.input) layer.getElement().setAttribute("role", "img"); // a mark that cannot be pressed
      }
      bounds.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng());
      layers[feature.main ? "unshift" : "push"](layer); // the name of what the map is about stands first of all
      if (row) addShowButton(map, row, layer, feature, data.words);
    }
    return { bounds, layers };
  }

  // Names that would lie on each other or on a sign: the first one stands, the others come when one points at their sign.
  function thinNames(map, layers) {
    const names = layers.map((layer) => [layer, layer.getTooltip()]).filter(([, name]) => name.options.permanent);
    const meets = (one, other) =>
      one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    const thin = () => {
      const kept = [];
      const signs = layers.map((layer) => [layer, layer.getElement().querySelector(".map-pin")]).filter(([, pin]) => pin);
      for (const [layer, name] of names) {
        const box = name.getElement().getBoundingClientRect();
        const covers = signs.some(([other, pin]) => other !== layer && meets(box, pin.getBoundingClientRect()));
        const isCrowded = kept.length > 0 && (covers || kept.some((other) => meets(box, other)));
        name.getElement().classList.toggle("is-crowded", isCrowded);
        if (!isCrowded) kept.push(box);
      }
    };
    for (const [layer, name] of names) {
      const show = () => name.getElement().classList.remove("is-crowded");
      layer.on("mouseover", show).on("mouseout", thin);
      const sign = layer.getElement();
      sign.addEventListener("focus", show);
      sign.addEventListener("blur", thin);
    }
    map.on("zoomend resize", thin);
    thin();
  }

  // How many places the picture leaves out, said under it, with a way to see them all.
  function tellOutside(map, shell, data, layers, bounds) {
    const told = made("p", "map-outside");
    const text = made("span");
    const button = made("button", "btn btn-link", data.words.showAll);
    const places = layers.filter((layer) => layer.getLatLng && !layer.getBounds);
    button.type = "button";
    button.addEventListener("click", () => map.fitBounds(bounds.pad(0.1), { animate: !STILL }));
    told.setAttribute("role", "status");
    told.append(text, button);
    shell.querySelector(".map-canvas").after(told);
    const tell = () => {
      const view = map.getBounds();
      const count = places.filter((layer) => !view.contains(layer.getLatLng())).length;
      told.hidden = count === 0;
      text.textContent = count === 1 ? data.words.outsideOne : data.words.outside.replace("%(count)s", count);
    };
    map.on("moveend", tell);
    tell();
  }

  function addShowButton(map, row, layer, feature, words) {
    const button = made("button", "btn btn-link");
    button.type = "button";
    button.append(words.show, made("span", "visually-hidden", `: ${feature.label}`));
    button.addEventListener("click", () => {
      if (layer.getBounds) map.fitBounds(layer.getBounds().pad(0.2), { animate: !STILL, maxZoom: 17 });
      else map.setView(layer.getLatLng(), Math.max(map.getZoom(), 16), { animate: !STILL });
      layer.openPopup();
      map.getContainer().scrollIntoView({ block: "nearest" });
    });
    row.append(button);
    layer.on("popupopen popupclose", (event) => row.classList.toggle("is-shown", event.type === "popupopen"));
  }

  // ---- what is being drawn ----

  const NUMBER = /[-+−]?\d+(?:[.,]\d+)?/g;
  const numbers = (text) => (text.match(NUMBER) || []).map((found) => Number(found.replace("−", "-").replace(",", ".")));
  const write = (control, text) => {
    control.value = text;
    for (const name of ["input", "change"]) control.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const pair = (place) => [place.lat.toFixed(6), place.lng.toFixed(6)];

  function pointTool(map, input) {
    const fields = [input.latitude, input.control].map((id) => document.getElementById(id));
    const spot = L.circleMarker([0, 0], { radius: 9, className: "map-corner" });
    const place = () => {
      const found = fields.map((control) => numbers(control.value)[0]);
      return found.every(Number.isFinite) ? found : null;
    };
    const draw = () => {
      if (place()) spot.setLatLng(place()).addTo(map);
      else spot.remove();
    };
    const put = (at) => {
      pair(at).forEach((text, index) => write(fields[index], text.replace(".", ",")));
    };
    fields.forEach((control) => control.addEventListener("input", draw));
    draw();
    return { put, bounds: () => (place() ? L.latLngBounds([place()]) : null), count: () => (place() ? 1 : 0) };
  }

  function rowsTool(map, shell, input) {
    const control = document.getElementById(input.control);
    const isArea = input.draws === "area";
    const drawn = L.featureGroup().addTo(map);
    const rows = () => control.value.split("\n").map(numbers).filter((row) => row.length >= 2);
    const wantsCircle = () => isArea && shell.querySelector("input[value=circle]").checked;
    const draw = () => {
      drawn.clearLayers();
      const found = rows();
      const points = found.map((row) => row.slice(0, 2));
      if (isArea && found.length === 1 && found[0].length === 3)
        L.circle(points[0], { radius: found[0][2], className: "map-area", interactive: false }).addTo(drawn);
      else if (isArea) L.polygon(points, { className: "map-area", interactive: false }).addTo(drawn);
      else L.polyline(points, { className: "map-line", interactive: false }).addTo(drawn);
      for (const point of points)
        L.circleMarker(point, { radius: 6, className: "map-corner", interactive: false }).addTo(drawn);
    };
    const put = (at) => {
      const row = pair(at).join(", ");
      if (wantsCircle()) write(control, `${row}, ${shell.querySelector("[data-map-radius]").value}`);
      else {
        const kept = isArea && rows().some((found) => found.length === 3) ? "" : control.value.trimEnd();
        write(control, kept ? `${kept}\n${row}` : row);
      }
    };
    const undo = () => write(control, control.value.trimEnd().split("\n").slice(0, -1).join("\n"));
    control.addEventListener("input", draw);
    draw();
    return { put, undo, bounds: () => (rows().length ? drawn.getBounds() : null), count: () => rows().length };
  }

  function addTool(map, shell, data) {
    const tool = data.input.draws === "point" ? pointTool(map, data.input) : rowsTool(map, shell, data.input);
    const told = shell.querySelector("[data-map-told]");
    const tell = () => {
      told.textContent = `${told.dataset.mapPoints} ${tool.count()}`;
    };
    const put = (at) => {
      tool.put(at.wrap());
      tell();
    };
    map.getContainer().append(made("span", "map-cross"));
    map.on("click", (event) => put(event.latlng));
    shell.addEventListener("click", (event) => {
      const button = event.target.closest("[data-map-do]");
      if (!button) return;
      if (button.dataset.mapDo === "middle") put(map.getCenter());
      else {
        tool.undo();
        tell();
      }
    });
    return tool.bounds();
  }

  // ---- from the beginning ----

  function start(shell) {
    shell.dataset.started = "";
    shell.hidden = false;
    const data = JSON.parse(document.getElementById(shell.dataset.map).textContent);
    const map = makeMap(shell.querySelector(".map-canvas"), data);
    const { bounds, layers } = addFeatures(map, shell, data);
    const drawn = data.input && addTool(map, shell, data);
    if (data.centre) bounds.extend(data.centre);
    if (drawn) bounds.extend(drawn);
    // what is drawn already, else the middle and what is near it: the cross of one who draws begins there
    const near = data.centre && L.latLng(data.centre).toBounds(2 * data.opens);
    const opens = drawn ? drawn.pad(0.1) : near || (bounds.isValid() && bounds.pad(0.1));
    if (opens) map.fitBounds(opens, { maxZoom: 16, animate: false });
    if (data.centre) addRings(map, data.centre, data.rings);
    thinNames(map, layers);
    if (!data.input) tellOutside(map, shell, data, layers, bounds);
  }

  function startAll() {
    if (typeof L === "undefined") return;
    for (const shell of document.querySelectorAll("[data-map]:not([data-started])")) start(shell);
  }

  document.addEventListener("page-shown", startAll);
  startAll();
})();
