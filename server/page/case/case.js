// The case tab: sends the description with what people confirmed, shows what comes back, keeps the focus in its place.
// Nothing of a case is stored or put into an address.

window.cadreCase?.abort();
const life = new AbortController();
window.cadreCase = life;
const on = (target, type, handler) => target.addEventListener(type, handler, { signal: life.signal });

document.getElementById("cadre-case").setAttribute("role", "tabpanel");
document.getElementById("cadre-case").setAttribute("aria-labelledby", "cadre-tab-case");

const form = element.querySelector("form");
if (form) begin();

function begin() {
	const part = (id) => element.querySelector(`#cadre-case-${id}`);
	const [text, place, day, mechanism] = ["text", "place", "day", "mechanism"].map(part);
	const [trouble, result, said] = ["trouble", "result", "said"].map(part);
	const send = form.querySelector(".send");
	const HTML = "text/html;charset=utf-8";
	const OFFLINE = "服务没有回应，请检查网络后再试。";
	let given = {}; // facts a person gave: name → value, null for 不清楚
	let shown = null; // the case as it was last sent
	let settled = null; // the last one that was answered
	let latest = 0;

	const grow = () => {
		text.style.height = "auto";
		text.style.height = `${Math.min(Math.max(text.scrollHeight + 2, 180), 420)}px`;
	};

	function sent() {
		return { text: text.value, place: place.value, day: day.value, mechanism: mechanism.value };
	}

	function refused(message, where) {
		trouble.textContent = message;
		where.focus();
	}

	function start() {
		trouble.textContent = "";
		if (!text.value.trim()) return refused("请先粘贴或填写案情描述。", text);
		if (day.validity.badInput) return refused("核查日期不完整，请写成年月日，或者清空（即今天）。", day);
		const added = shown && text.value.includes(shown.text.trim());
		const dropped = added ? 0 : Object.keys(given).length;
		if (!added) given = {};
		check({ ...sent(), facts: given }, { first: true, dropped });
	}

	async function check(asked, { first = false, dropped = 0, key = null } = {}) {
		const serial = ++latest;
		shown = asked;
		send.disabled = true;
		send.textContent = "核查中…";
		result.setAttribute("aria-busy", "true");
		let told;
		try {
			told = await server.check_case(asked);
		} catch {
			told = { state: "offline" };
		}
		if (serial !== latest) return;
		send.disabled = false;
		send.textContent = "开始核查";
		result.setAttribute("aria-busy", "false");
		if (told.state === "offline") return refused(OFFLINE, send);
		show(told, first, key);
		const cleared = dropped ? `描述已改动，先前填写的${dropped}项事实没有带入。` : "";
		trouble.textContent = cleared;
		said.textContent = told.said;
	}

	function show(told, first, key) {
		const folds = new Map([...result.querySelectorAll("[data-fold]")].map((fold) => [fold.dataset.fold, fold.open]));
		const rolled = [...result.querySelectorAll('[data-rows][aria-expanded="false"]')].map((one) => one.dataset.rows);
		if (told.state !== "done" && !first) {
			// a fact that cannot be: say so beside it, keep the result
			trouble.textContent = told.message;
			note(key && result.querySelector(`[data-key="${CSS.escape(key)}"]`), told.message);
			if (settled) [shown, given] = [settled, settled.facts];
			return;
		}
		settled = told.state === "done" ? shown : null;
		result.innerHTML = told.html;
		if (first) {
			const head = result.querySelector("#cadre-verdict");
			head?.focus({ preventScroll: true });
			head?.closest("section, .trouble")?.scrollIntoView({ block: "start" });
			return;
		}
		for (const fold of result.querySelectorAll("[data-fold]")) {
			if (folds.has(fold.dataset.fold)) fold.open = folds.get(fold.dataset.fold);
		}
		for (const path of rolled) {
			const one = result.querySelector(`[data-rows="${path}"]`);
			if (one) roll(one);
		}
		refocus(key);
	}

	function refocus(key) {
		if (!key) return;
		const same = result.querySelector(`[data-key="${CSS.escape(key)}"]`);
		const [where, name] = key.split(":");
		const card = ["fact", "undo", "proposal"].includes(where) ? result.querySelector(`#cadre-fact-${CSS.escape(name)}`) : null;
		const seen = same?.checkVisibility() ? same : null;
		(seen ?? card ?? result.querySelector("#cadre-next") ?? result.querySelector("#cadre-verdict"))?.focus({ preventScroll: !!seen });
	}

	function note(at, message) {
		const home = at?.closest(".fact, .question");
		if (!home) return;
		home.querySelector(".fact-wrong")?.remove();
		const line = document.createElement("p");
		line.className = "fact-wrong";
		line.setAttribute("role", "alert");
		line.textContent = message;
		home.append(line);
		at.setAttribute("aria-invalid", "true");
	}

	function learn(name, value, key) {
		given = { ...given, [name]: value };
		again({ facts: given }, key);
	}

	async function again(change, key) {
		if (!shown) return;
		trouble.textContent = "";
		await check({ ...shown, ...change }, { key });
	}

	function take(input) {
		const { fact, key, type } = input.dataset;
		if (input.validity?.badInput) return note(input, "请写成数字。");
		const written = input.value.trim();
		if (!written) return learn(fact, null, key);
		learn(fact, type === "number" ? Number(written) : written.replace(/[年/.]/g, "-").replace(/[月日-]+$/g, ""), key);
	}

	async function opinion(button) {
		const status = element.querySelector("#cadre-case-file");
		const asWord = button.dataset.opinion === "docx";
		const paper = asWord ? null : window.open("", "_blank");
		button.disabled = true;
		status.textContent = "正在生成…";
		let told;
		try {
			told = await server.case_opinion({ ...shown, form: button.dataset.opinion });
		} catch {
			told = { state: "offline", message: OFFLINE };
		}
		button.disabled = false;
		if (told.state !== "done") {
			paper?.close();
			status.textContent = told.message;
			return;
		}
		if (asWord) save(told.name, bytesOf(told.data), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
		else if (paper) {
			paper.opener = null;
			paper.location = URL.createObjectURL(new Blob([told.page], { type: HTML }));
		} else save(told.name, told.page, HTML);
		status.textContent = asWord ? "已下载。" : "已在新窗口打开。";
	}

	function choose(select, value) {
		select.value = value;
		if (select.value !== value) select.value = "";
	}

	function open({ text: words, place: where, day: when, mechanism: which }) {
		text.value = words;
		choose(place, where);
		choose(mechanism, which);
		day.value = when;
		day.classList.toggle("blank", !when);
		given = {};
		shown = null;
		document.dispatchEvent(new CustomEvent("cadre:tab", { detail: "case" }));
		grow();
		start();
	}

	pointing(result, on);
	on(form, "submit", (event) => {
		event.preventDefault();
		start();
	});
	on(text, "input", grow);
	on(day, "input", () => day.classList.toggle("blank", !day.value && !day.validity.badInput));
	on(text, "keydown", (event) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) start();
	});
	on(element, "click", (event) => {
		const button = event.target.closest?.("button");
		if (!button) return;
		const { key } = button.dataset;
		if (button.dataset.example !== undefined) {
			text.value = button.dataset.example;
			grow();
			text.focus();
		} else if (button.dataset.value !== undefined) learn(button.dataset.fact, JSON.parse(button.dataset.value), key);
		else if (button.dataset.take) {
			const input = element.querySelector(`[data-key="${button.dataset.take}"]`);
			if (input.value.trim()) take(input);
			else note(input, "请先填写。");
		} else if (button.dataset.unset) {
			const { [button.dataset.unset]: _, ...rest } = given;
			given = rest;
			again({ facts: given }, key);
		} else if (button.dataset.rows) roll(button);
		else if (button.dataset.chip) {
			const card = element.querySelector(`.fact[data-n="${button.dataset.chip}"]`);
			card?.closest("details")?.setAttribute("open", "");
			card?.focus();
			card?.scrollIntoView({ block: "nearest" });
		} else if (button.dataset.place) {
			choose(place, button.dataset.place);
			again({ place: button.dataset.place }, key);
		} else if (button.dataset.mechanism) {
			choose(mechanism, button.dataset.mechanism);
			choose(place, "");
			again({ mechanism: button.dataset.mechanism, place: "" }, "verdict:");
		} else if (button.dataset.dayOf) {
			day.value = button.dataset.dayOf;
			day.classList.remove("blank");
			again({ day: button.dataset.dayOf }, "verdict:");
		} else if (button.dataset.opinion) opinion(button);
	});
	on(result, "change", (event) => {
		const input = event.target.closest("[data-fact]");
		if (input && input.dataset.key.startsWith("fact:")) take(input);
	});
	on(result, "keydown", (event) => {
		const input = event.target.closest?.("input[data-fact]");
		if (event.key !== "Enter" || !input || event.isComposing) return;
		event.preventDefault();
		if (input.value.trim() && !input.dataset.key.startsWith("fact:")) take(input);
		else input.blur();
	});
	on(document, "click", (event) => {
		const button = event.target.closest?.("[data-open-case]");
		if (!button) return;
		const { openCase, openPlace, openDay, openMechanism } = button.dataset;
		open({ text: openCase, place: openPlace, day: openDay, mechanism: openMechanism });
	});
}
