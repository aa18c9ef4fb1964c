// The three tabs: arrow keys, deep links (?tab=case or #case), nothing reloaded and nothing lost.
// Each panel names itself one, in its own script; which is shown, tabs.css reads from the document's data-cadre-tab.

window.cadreTabs?.abort();
const life = new AbortController();
window.cadreTabs = life;
const on = (target, type, handler) => target.addEventListener(type, handler, { signal: life.signal });

const tabs = [...element.querySelectorAll('[role="tab"]')];
const names = tabs.map((tab) => tab.dataset.tab);

function wanted() {
	const asked = location.hash.slice(1) || new URLSearchParams(location.search).get("tab");
	return names.includes(asked) ? asked : "chat";
}

function select(name, { focus = false, remember = true } = {}) {
	for (const tab of tabs) {
		const chosen = tab.dataset.tab === name;
		tab.setAttribute("aria-selected", chosen);
		tab.tabIndex = chosen ? 0 : -1;
		if (chosen && focus) tab.focus();
	}
	document.documentElement.dataset.cadreTab = name;
	if (remember && wanted() !== name) history.replaceState(history.state, "", `#${name}`);
}

on(element, "click", (event) => {
	const tab = event.target.closest?.('[role="tab"]');
	if (tab) select(tab.dataset.tab);
});
on(element, "keydown", (event) => {
	const at = tabs.indexOf(event.target.closest?.('[role="tab"]'));
	if (at < 0) return;
	const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
	if (to === undefined) return;
	event.preventDefault();
	select(names[(to + tabs.length) % tabs.length], { focus: true });
});
on(window, "hashchange", () => select(wanted(), { remember: false }));
on(document, "cadre:tab", (event) => select(event.detail));
select(wanted(), { remember: false });
