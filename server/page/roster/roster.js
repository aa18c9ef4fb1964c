// The roster tab: the file stays in the browser and is sent for each step; the server keeps nothing of it.

window.cadreRoster?.abort();
const life = new AbortController();
window.cadreRoster = life;
const on = (target, type, handler) => target.addEventListener(type, handler, { signal: life.signal });
document.getElementById("cadre-roster").setAttribute("role", "tabpanel");
document.getElementById("cadre-roster").setAttribute("aria-labelledby", "cadre-tab-roster");

const form = element.querySelector("form");
if (form) begin();

function begin() {
	const part = (id) => element.querySelector(`#cadre-roster-${id}`);
	const [drop, input, chosen, columns, how] = ["drop", "file", "chosen", "columns", "how"].map(part);
	const [place, day, trouble, progress, said, result] = ["place", "day", "trouble", "progress", "said", "result"].map(part);
	const send = form.querySelector(".send");
	const bar = progress.querySelector("progress");
	const OFFLINE = "服务没有回应，请检查网络后再试。";
	const LIMIT = 20 << 20;
	const SHOWN = 200;
	let file = null; // {name, data}
	let sheet = null; // {columns, rows} of the last check
	let order = { column: null, down: false };
	let latest = 0;

	const sized = (bytes) => (bytes < 1 << 20 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);

	function clear() {
		latest++;
		file = sheet = null;
		input.value = "";
		chosen.hidden = how.hidden = progress.hidden = true;
		columns.replaceChildren();
		result.replaceChildren();
		trouble.textContent = "";
		send.disabled = false;
		send.textContent = "开始核查";
	}

	function inBase64(blob) {
		return new Promise((done, failed) => {
			const reader = new FileReader();
			reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
			reader.onerror = failed;
			reader.readAsDataURL(blob);
		});
	}

	async function take(picked) {
		clear();
		if (!picked) return;
		chosen.hidden = false;
		chosen.querySelector("b").textContent = picked.name;
		chosen.querySelector("span").textContent = sized(picked.size);
		if (picked.size > LIMIT) {
			trouble.textContent = `文件超过 ${LIMIT >> 20} MB，请拆分后再上传。`;
			return;
		}
		const serial = latest;
		said.textContent = "正在读取文件";
		let told;
		try {
			file = { name: picked.name, data: picked.size ? await inBase64(picked) : "" };
			told = await server.roster_columns(file);
		} catch {
			told = { state: "offline", message: OFFLINE };
		}
		if (serial !== latest) return;
		if (told.state !== "done") {
			said.textContent = "";
			trouble.textContent = told.message;
			return;
		}
		columns.innerHTML = told.html;
		how.hidden = false;
		said.textContent = told.said;
	}

	const mapping = () => Object.fromEntries([...columns.querySelectorAll("[data-column]")].map((one) => [one.dataset.column, one.value]));

	async function run(call, more, label) {
		const job = crypto.randomUUID?.() ?? String(Math.random());
		const serial = ++latest;
		trouble.textContent = "";
		progress.hidden = false;
		bar.removeAttribute("value");
		progress.querySelector("span").textContent = label;
		const watch = setInterval(async () => {
			const now = await server.roster_progress({ job }).catch(() => null);
			if (serial !== latest || !now?.total) return;
			bar.value = now.done / now.total;
			progress.querySelector("span").textContent = `${label} ${now.done.toLocaleString()} / ${now.total.toLocaleString()} 行`;
		}, 400);
		let told;
		try {
			told = await call({ ...file, columns: mapping(), place: place.value, day: day.value, job, ...more });
		} catch {
			told = { state: "offline", message: OFFLINE };
		}
		clearInterval(watch);
		if (serial !== latest) return null;
		progress.hidden = true;
		if (told.state === "done") return told;
		trouble.textContent = told.message;
		return null;
	}

	async function check() {
		if (!file) return;
		if (day.validity.badInput) {
			trouble.textContent = "核查日期不完整，请写成年月日，或者清空（即今天）。";
			day.focus();
			return;
		}
		send.disabled = true;
		send.textContent = "核查中…";
		const told = await run(server.roster_check, {}, "正在核查");
		send.disabled = false;
		send.textContent = "开始核查";
		if (!told) return;
		result.innerHTML = told.html;
		sheet = told.sheet;
		order = { column: null, down: false };
		draw();
		said.textContent = told.said;
		const head = result.querySelector("#cadre-roster-counts");
		head?.focus({ preventScroll: true });
		head?.closest("section").scrollIntoView({ block: "start" });
	}

	// --- the table: text only, never markup -----------------------------------------------------------------------

	const wanted = (name) => result.querySelector(`[data-filter="${name}"]`)?.value.trim() ?? "";

	function rows() {
		const [outcome, year, text] = ["outcome", "year", "text"].map(wanted);
		const found = sheet.rows.filter(
			(row) =>
				(!outcome || row.outcome === outcome) &&
				(!year || row.year === year) &&
				(!text || row.cells.some((cell) => cell.includes(text))),
		);
		if (order.column === null) return found;
		const number = (cell) => (/^-?[\d.]+$/.test(cell) ? Number(cell) : NaN);
		const before = (a, b) => {
			if (order.column === sheet.verdict) return order.down ? b.rank - a.rank : a.rank - b.rank;
			const [x, y] = [a.cells[order.column], b.cells[order.column]];
			if (!x || !y) return !x - !y; // what is not known stands last, whichever way it is sorted
			const by = Number.isNaN(number(x)) || Number.isNaN(number(y)) ? x.localeCompare(y, "zh-CN") : number(x) - number(y);
			return order.down ? -by : by;
		};
		return [...found].sort(before);
	}

	function clause(ref) {
		const button = document.createElement("button");
		Object.assign(button, { type: "button", className: "basis", textContent: sheet.clauses[ref] ?? ref });
		Object.assign(button.dataset, { ref, day: sheet.day });
		button.setAttribute("aria-controls", "cadre-clause");
		button.setAttribute("aria-label", `查看条款：${button.textContent}`);
		return button;
	}

	function draw() {
		const body = result.querySelector("#cadre-roster-rows");
		if (!body || !sheet) return;
		const found = rows();
		body.replaceChildren(
			...found.slice(0, SHOWN).map((row) => {
				const line = document.createElement("tr");
				line.setAttribute("role", "row");
				row.cells.forEach((cell, at) => {
					const box = document.createElement(at === sheet.head ? "th" : "td");
					if (at === sheet.head) box.scope = "row";
					box.setAttribute("role", at === sheet.head ? "rowheader" : "cell");
					box.dataset.head = sheet.headers[at];
					if (at === sheet.basis) box.append(...row.refs.map(clause));
					else box.textContent = cell;
					if (at === sheet.verdict) box.className = `roster-verdict ${row.tone}`;
					line.append(box);
				});
				return line;
			}),
		);
		const cut = found.length > SHOWN ? `，显示前 ${SHOWN} 行` : "";
		result.querySelector("#cadre-roster-found").textContent = `符合筛选 ${found.length.toLocaleString()} 行${cut}`;
		result.querySelectorAll("[data-sort]").forEach((button) => {
			const by = Number(button.dataset.sort) === order.column;
			button.closest("th").setAttribute("aria-sort", by ? (order.down ? "descending" : "ascending") : "none");
		});
	}

	async function download(button) {
		const form = button.dataset.download;
		button.disabled = true;
		const told = await run(server.roster_file, { form }, "正在生成");
		button.disabled = false;
		button.focus();
		if (!told) return;
		save(told.name, bytesOf(told.data), told.type);
		said.textContent = "已下载。";
	}

	on(input, "change", () => take(input.files[0]));
	for (const type of ["dragenter", "dragover"]) {
		on(drop, type, (event) => {
			event.preventDefault();
			drop.classList.add("over");
		});
	}
	on(drop, "dragleave", (event) => drop.contains(event.relatedTarget) || drop.classList.remove("over"));
	on(drop, "drop", (event) => {
		event.preventDefault();
		drop.classList.remove("over");
		take(event.dataTransfer.files[0]);
	});
	on(day, "input", () => day.classList.toggle("blank", !day.value && !day.validity.badInput));
	on(form, "submit", (event) => {
		event.preventDefault();
		check();
	});
	on(result, "input", (event) => event.target.dataset.filter && draw());
	on(element, "click", (event) => {
		const button = event.target.closest?.("button");
		if (!button) return;
		if (button.dataset.dropFile !== undefined) {
			clear();
			input.focus();
		} else if (button.dataset.sort !== undefined) {
			const column = Number(button.dataset.sort);
			order = { column, down: order.column === column && !order.down };
			draw();
		} else if (button.dataset.download) download(button);
	});
}
