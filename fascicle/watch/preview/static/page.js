// Small helpers: elements by id, elements made, JSON fetched, wishes kept.

export const byId = (id) => document.getElementById(id);

/** An element with properties, `class` and `data` among them, and children. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") element.className = value;
    else if (key.startsWith("aria-") || key === "role" || key === "scope") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** JSON from the server; null when it has none or cannot be reached. */
export async function fetched(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** What was wished in this browser before. */
export function wish(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(`fascicle-${key}`)) ?? fallback;
  } catch {
    return fallback;
  }
}

export function keepWish(key, value) {
  try {
    localStorage.setItem(`fascicle-${key}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
