// The page's own behaviour: asks through `trigger`, opens clauses through `server`, keeps the focus where people expect it.
// Runs in Gradio's js_on_load with `element`, `trigger` and `server`; must survive being run again.

window.cadrePage?.abort();
const life = new AbortController();
window.cadrePage = life;

const byId = (id) => document.getElementById(id);
const on = (target, type, handler) => target.addEventListener(type, handler, { signal: life.signal });
const phone = window.matchMedia("(max-width: 900px)");

const form = element.querySelector("form");
const question = form.querySelector("textarea");
const place = form.querySelector("select");
const day = form.querySelector('input[type="date"]');
const send = form.querySelector(".send");
const trouble = form.querySelector(".trouble-line");

byId("cadre-chat").setAttribute("role", "tabpanel");
byId("cadre-chat").setAttribute("aria-labelledby", "cadre-tab-chat");

// --- asking -------------------------------------------------------------------------------------------------------

const PATIENCE = 60000;
let waiting = null; // {text, typed, before, timer} while an answer is awaited

const turn = () => document.querySelector("#cadre-live .turn");

function grow() {
	question.style.height = "auto";
	question.style.height = `${Math.min(question.scrollHeight + 2, 180)}px`;
}

function rest() {
	clearTimeout(waiting?.timer);
	waiting = null;
	send.disabled = false;
	send.textContent = "提问";
}

function watchOver() {
	clearTimeout(waiting.timer);
	waiting.timer = setTimeout(() => {
		restore(waiting.text);
		trouble.textContent = "服务没有回应，请检查网络后再试。";
		rest();
	}, PATIENCE);
}

function restore(text) {
	if (!question.value.trim()) {
		question.value = text;
		grow();
	}
}

function ask(text, typed) {
	if (waiting) return;
	trouble.textContent = "";
	if (!text.trim()) {
		trouble.textContent = "请先输入问题。";
		question.focus();
		return;
	}
	if (day.validity.badInput) {
		trouble.textContent = "查询日期不完整，请写成年月日，或者清空（即今天）。";
		day.focus();
		return;
	}
	waiting = { text, typed, before: turn()?.dataset.serial, begun: false };
	send.disabled = true;
	send.textContent = "查找中…";
	watchOver();
	trigger("ask", { text, place: place.value, day: day.value });
}

function begun() {
	waiting.begun = true;
	if (waiting.typed && question.value === waiting.text) {
		question.value = "";
		grow();
	}
	if (phone.matches) question.blur(); // puts the on-screen keyboard away
	turn().scrollIntoView({ block: "start" });
}

function followed() {
	const now = turn();
	if (!waiting || !now || now.dataset.serial === waiting.before) return;
	if (!waiting.begun) begun();
	watchOver();
	if (now.dataset.state === "busy") return;
	if (now.dataset.state === "error") restore(waiting.text);
	if (now.getBoundingClientRect().top < 0) now.scrollIntoView({ block: "start" });
	rest();
}

on(form, "submit", (event) => {
	event.preventDefault();
	ask(question.value, true);
});
on(question, "input", grow);
on(day, "input", () => day.classList.toggle("blank", !day.value && !day.validity.badInput));
on(question, "keydown", (event) => {
	const composing = event.isComposing || event.keyCode === 229; // Enter that ends a pinyin word
	if (event.key === "Enter" && !event.shiftKey && !composing) {
		event.preventDefault();
		ask(question.value, true);
	}
});
const follower = new MutationObserver(followed);
follower.observe(byId("cadre-live"), { subtree: true, childList: true, attributes: true, characterData: true });
life.signal.addEventListener("abort", () => follower.disconnect());

function beginAnew() {
	if (waiting) return;
	trigger("begin", {});
	closeClause(false);
	trouble.textContent = "";
	question.focus();
}

// --- clauses ------------------------------------------------------------------------------------------------------

let opener = null; // the mark that opened the panel
let trail = []; // what was opened since, oldest first

const behind = () => ["cadre-header", "cadre-chat", "cadre-case", "cadre-roster"].map(byId);

function overlay(shown) {
	const over = shown && phone.matches;
	behind().forEach((part) => part?.toggleAttribute("inert", over));
	document.documentElement.classList.toggle("cadre-over", over);
	const clause = byId("cadre-clause");
	over ? clause.setAttribute("role", "dialog") : clause.removeAttribute("role");
	over ? clause.setAttribute("aria-modal", "true") : clause.removeAttribute("aria-modal");
	over ? clause.setAttribute("aria-labelledby", "cadre-clause-title") : clause.removeAttribute("aria-labelledby");
}

async function show(wanted) {
	let html;
	try {
		html = await server.open_clause(wanted);
	} catch {
		html = '<h2 tabindex="-1" id="cadre-clause-title">没有取到条款</h2><p class="locator">请检查网络后再点一次。</p>';
	}
	const clause = byId("cadre-clause");
	byId("cadre-clause-in").innerHTML = html;
	clause.hidden = false;
	clause.querySelector("[data-back]").hidden = trail.length < 2;
	byId("cadre-shelf").hidden = true;
	overlay(true);
	clause.scrollTop = 0;
	byId("cadre-clause-title")?.focus({ preventScroll: true });
	const quoted = clause.querySelector("mark");
	if (quoted && quoted.offsetTop > clause.clientHeight * 0.8) quoted.scrollIntoView({ block: "center" });
}

function openFrom(button) {
	const { ref, quote, day: asOf, n } = button.dataset;
	if (button.closest("#cadre-clause")) {
		trail.push({ ref, quote: "", day: trail.at(-1)?.day ?? "" });
	} else {
		opener = button;
		trail = [{ ref, quote: quote ?? "", day: asOf ?? "" }];
		document.querySelectorAll(".opened").forEach((mark) => mark.classList.remove("opened"));
		const message = button.closest(".turn");
		const alike = button.matches(".mark") ? ".source" : ".mark, .source";
		message?.querySelectorAll(alike).forEach((other) => other.classList.toggle("opened", other.dataset.n === n));
		button.classList.add("opened");
	}
	show(trail.at(-1));
}

function back() {
	trail.pop();
	show(trail.at(-1));
}

function closeClause(refocus = true) {
	const clause = byId("cadre-clause");
	if (!clause || clause.hidden) return;
	clause.hidden = true;
	byId("cadre-shelf").hidden = false;
	overlay(false);
	document.querySelectorAll(".opened").forEach((mark) => mark.classList.remove("opened"));
	const again = opener?.isConnected ? opener : question;
	if (refocus && again.checkVisibility()) again.focus();
	trail = [];
}

on(phone, "change", () => overlay(!byId("cadre-clause").hidden));

// --- copying ------------------------------------------------------------------------------------------------------

function copiedOldWay(text) {
	const area = document.createElement("textarea");
	area.value = text;
	area.setAttribute("readonly", "");
	area.className = "unseen";
	document.body.append(area);
	area.select();
	const done = document.execCommand("copy");
	area.remove();
	return done;
}

async function copy(button) {
	const text = button.dataset.copy;
	let done = false;
	try {
		await navigator.clipboard.writeText(text);
		done = true;
	} catch {
		done = copiedOldWay(text);
		button.focus();
	}
	const label = (button.dataset.label ??= button.textContent);
	button.textContent = done ? "已复制" : "复制失败，请手动选择";
	setTimeout(() => (button.textContent = label), 2000);
}

// --- one listener for every button, wherever it was drawn -----------------------------------------------------------

on(document, "click", (event) => {
	const button = event.target.closest?.("button");
	if (!button) return;
	if (button.dataset.ref) openFrom(button);
	else if (button.dataset.ask) ask(button.dataset.ask, false);
	else if (button.dataset.copy !== undefined) copy(button);
	else if (button.dataset.new !== undefined) beginAnew();
	else if (button.dataset.close !== undefined) closeClause();
	else if (button.dataset.back !== undefined) back();
});
on(document, "keydown", (event) => {
	if (event.key === "Escape" && !event.isComposing) closeClause();
});
