"use strict";
const form = document.getElementById("form");
const element = (id) => document.getElementById(id);
const words = form.dataset;
const state = { file: null, box: null, landmarks: [], place: null, attempt: null };

// The key stays on this device only where the person asked for it.
element("key").value = localStorage.getItem("andrias-key") ?? "";
element("remember").checked = element("key").value !== "";
element("observer").value = localStorage.getItem("andrias-observer") ?? "";

const now = new Date();
element("time").value = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 16);

for (const id of ["camera", "file"]) {
  element(id).addEventListener("change", (event) => choose(event.target.files[0]));
}

function choose(file) {
  if (!file) return;
  state.file = file;
  changed();
  showBox(null);
  URL.revokeObjectURL(element("picture").src);
  element("picture").src = URL.createObjectURL(file);
  element("preview").hidden = false;
  complain("");
}

// HEIC is not shown by every browser; it can be sent all the same.
element("picture").addEventListener("error", () => { element("canvas").hidden = true; });
element("picture").addEventListener("load", () => { element("canvas").hidden = false; });

// Dragging draws a box, by mouse or finger; tapping places the snout, then the neck, and a third time starts over.
const canvas = element("canvas");
let start = null;
function point(event) {
  const frame = canvas.getBoundingClientRect();
  const part = (value, length) => Math.min(1, Math.max(0, value / length));
  return { x: part(event.clientX - frame.left, frame.width), y: part(event.clientY - frame.top, frame.height) };
}
canvas.classList.add("boxing");
canvas.addEventListener("pointerdown", (event) => {
  start = point(event);
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener("pointermove", (event) => {
  if (!start) return;
  const end = point(event);
  const box = {
    x: Math.min(start.x, end.x), y: Math.min(start.y, end.y),
    width: Math.abs(end.x - start.x), height: Math.abs(end.y - start.y),
  };
  if (box.width > 0.03 && box.height > 0.03) showBox(box);
});
canvas.addEventListener("pointerup", (event) => {
  const end = point(event);
  const isTap = start && Math.hypot(end.x - start.x, end.y - start.y) < 0.02;
  if (isTap && state.box) showLandmarks(state.landmarks.length < 2 ? [...state.landmarks, end] : [end]);
  start = null;
});
canvas.addEventListener("pointercancel", () => { start = null; });
element("clear").addEventListener("click", () => showBox(null));

function showBox(box) {
  state.box = box;
  showLandmarks([]);
  changed();
  element("box").hidden = element("clear").hidden = !box;
  if (!box) return;
  const style = element("box").style;
  style.left = box.x * 100 + "%";
  style.top = box.y * 100 + "%";
  style.width = box.width * 100 + "%";
  style.height = box.height * 100 + "%";
}

function showLandmarks(landmarks) {
  state.landmarks = landmarks;
  changed();
  ["snout", "neck"].forEach((name, index) => {
    const place = landmarks[index];
    element(name).hidden = !place;
    if (!place) return;
    element(name).style.left = place.x * 100 + "%";
    element(name).style.top = place.y * 100 + "%";
  });
}

element("locate").addEventListener("click", () => {
  element("position").textContent = words.placeAsking;
  if (!navigator.geolocation) { element("position").textContent = words.placeRefused; return; }
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      state.place = coords;
      changed();
      element("position").textContent = words.placeFound
        .replace("{latitude}", coords.latitude.toFixed(5))
        .replace("{longitude}", coords.longitude.toFixed(5))
        .replace("{meters}", Math.ceil(coords.accuracy));
      element("forget").hidden = false;
    },
    () => { element("position").textContent = words.placeRefused; },
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 });
});
element("forget").addEventListener("click", () => {
  state.place = null;
  changed();
  element("position").textContent = "";
  element("forget").hidden = true;
});
form.addEventListener("input", changed);

// The same submission sent again after a lost connection carries the same key and is taken once.
function changed() { state.attempt = null; }

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  complain("");
  const key = element("key").value.trim();
  if (!state.file) return complain(words.needPhoto);
  const scan = tagScan();
  if (scan?.noneFound && !scan.frequencies.length) return complain(words.needFrequency);
  if (!key) return complain(words.needKey);
  remember("andrias-key", element("remember").checked ? key : "");
  remember("andrias-observer", element("remember").checked ? element("observer").value.trim() : "");
  state.attempt ??= attemptName();
  element("send").disabled = true;
  element("progress").hidden = false;
  try {
    progress(words.sending, 0);
    const photo = await request("/v1/photos", key, mediaType(state.file), state.file, (part) => progress(words.sending, part));
    progress(words.waiting, null);
    const screening = await request("/v1/screenings", key, "application/json", JSON.stringify(submission(photo.id)));
    location.assign(screening.links.page + "&lang=" + document.documentElement.lang);
  } catch (error) {
    complain(error.message);
    element("send").disabled = false;
    element("progress").hidden = true;
  }
});

function submission(photo) {
  const document = { photoIds: [photo], bodyRegion: element("region").value };
  if (state.box) document.box = state.box;
  const [snout, neck] = state.landmarks;
  if (neck && document.bodyRegion === "head") document.box = { ...state.box, axis: { snout, neck } };
  if (element("occasion").value) document.occasion = element("occasion").value;
  const time = new Date(element("time").value);
  if (!isNaN(time)) document.eventDate = time.toISOString();
  if (state.place) {
    document.decimalLatitude = state.place.latitude;
    document.decimalLongitude = state.place.longitude;
    if (state.place.accuracy > 0) document.coordinateUncertaintyInMeters = state.place.accuracy;
  }
  const locality = element("locality").value.trim();
  if (locality) document.locality = locality;
  const observer = element("observer").value.trim();
  if (observer) document.recordedBy = observer;
  const tags = element("tags").value.split(/[\s,、，;]+/).filter(Boolean);
  if (tags.length) document.tagCodes = tags;
  const scan = tagScan();
  if (scan) document.tagScan = scan;
  return document;
}

function tagScan() {
  const frequencies = [...form.querySelectorAll(".frequency:checked")].map((box) => box.value);
  const reader = element("reader").value.trim();
  const noneFound = element("none-found").checked;
  if (!noneFound && !frequencies.length && !reader) return null;
  const scan = { frequencies, noneFound };
  if (reader) scan.reader = reader;
  return scan;
}

function request(path, key, type, body, sent) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", path);
    call.setRequestHeader("Authorization", "Bearer " + key);
    call.setRequestHeader("Content-Type", type);
    call.setRequestHeader("Accept-Language", document.documentElement.lang);
    call.setRequestHeader("Prefer", "wait=4");
    call.setRequestHeader("Idempotency-Key", state.attempt + path);
    call.responseType = "json";
    if (sent) call.upload.addEventListener("progress", (event) => sent(event.loaded / event.total));
    call.addEventListener("load", () => {
      if (call.status < 300 && call.response) return resolve(call.response);
      const problem = call.response ?? {};
      reject(new Error([problem.title, problem.detail].filter(Boolean).join(" ") || words.connectionLost));
    });
    for (const end of ["error", "timeout", "abort"]) {
      call.addEventListener(end, () => reject(new Error(words.connectionLost)));
    }
    call.timeout = 120000;
    call.send(body);
  });
}

function mediaType(file) {
  if (/^image\/(jpeg|png|heic|heif)$/.test(file.type)) return file.type;
  return /\.(heic|heif)$/i.test(file.name) ? "image/heic" : "image/jpeg";
}

function attemptName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function progress(text, part) {
  element("status").textContent = text;
  if (part === null) element("bar").removeAttribute("value");
  else element("bar").value = part;
}

function complain(text) {
  element("alert").textContent = text;
  element("alert").hidden = !text;
  if (text) element("alert").scrollIntoView({ block: "center" });
}

function remember(name, value) {
  if (value) localStorage.setItem(name, value);
  else localStorage.removeItem(name);
}
