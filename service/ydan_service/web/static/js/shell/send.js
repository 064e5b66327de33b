// Asking the server from a page: the form token goes along, and an error comes as one sentence for the person.

/** The token of the forms of this sign-in. */
export const token = () => document.body.dataset.csrf ?? "";

/** What the server refused: `message` is for the person, `code` and `status` for the page. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? "");
    this.status = status;
    this.code = problem.code ?? "";
    this.problem = problem;
  }
}

/** GET (or, with a body, POST) JSON. A sign-in that has ended leads to the sign-in page. */
export async function ask(url, { method, body, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const sending = method ?? (body === undefined ? "GET" : "POST");
  if (sending !== "GET") headers["X-CSRF-Token"] = token();
  const sent = body === undefined ? undefined : JSON.stringify(body);
  return understand(await fetch(url, { method: sending, headers, body: sent, signal, credentials: "same-origin" }));
}

/** The JSON of a response, or what it refuses. */
export async function understand(response) {
  const answer = await response.json().catch(() => ({}));
  if (response.status === 401) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** Words for scripts: the page puts them in <script type="application/json" id="…">. */
export function data(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : {};
}
