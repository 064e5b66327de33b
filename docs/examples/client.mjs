// Ý Dân from JavaScript: Node 20 or newer, or a browser (with YDAN_CORS_ORIGINS); no package needed.
//   YDAN_URL=http://127.0.0.1:8000 YDAN_KEY=… node docs/examples/client.mjs

const env = globalThis.process?.env ?? {};

export class YDanError extends Error {
  constructor(status, problem, requestId) {
    super(`${status} ${problem.code ?? ""}: ${problem.detail ?? ""}`);
    Object.assign(this, { status, code: problem.code, detail: problem.detail, requestId });
  }
}

export class YDan {
  constructor({ url = env.YDAN_URL ?? "http://127.0.0.1:8000", key = env.YDAN_KEY, retries = 5 } = {}) {
    Object.assign(this, { url: url.replace(/\/$/, ""), key, retries });
  }

  /** One call; sent again after 429 and 503, when the server says so. Every POST here may be done twice. */
  async call(path, { method = "GET", body, headers = {} } = {}) {
    for (let attempt = 0; ; attempt++) {
      const answer = await fetch(this.url + path, {
        method,
        body,
        headers: { ...(this.key ? { Authorization: `Bearer ${this.key}` } : {}), ...headers },
        signal: AbortSignal.timeout(60_000),
      });
      if (answer.ok) return answer;
      if (![429, 503].includes(answer.status) || attempt >= this.retries) {
        const problem = await answer.json().catch(() => ({}));
        throw new YDanError(answer.status, problem, answer.headers.get("X-Request-Id"));
      }
      await answer.body?.cancel();
      const seconds = Number(answer.headers.get("Retry-After")) || 0.25 * 2 ** attempt * (0.5 + Math.random() / 2);
      await new Promise((done) => setTimeout(done, 1000 * Math.min(seconds, 60)));
    }
  }

  async classify(opinions, session = {}) {
    const body = JSON.stringify({ session, opinions });
    const headers = { "Content-Type": "application/json" };
    return (await this.call("/v1/classify", { method: "POST", body, headers })).json();
  }

  /** A job of many opinions; the same key again gives the same job. */
  async submit(opinions, key = crypto.randomUUID()) {
    const body = opinions.map((each) => JSON.stringify(each) + "\n").join("");
    const headers = { "Content-Type": "application/x-ndjson", "Idempotency-Key": key };
    return (await this.call("/v1/jobs", { method: "POST", body, headers })).json();
  }

  async wait(job) {
    for (let pause = 100; ; pause = Math.min(2 * pause, 10_000)) {
      const found = await (await this.call(`/v1/jobs/${job.id}`)).json();
      if (["done", "failed", "cancelled"].includes(found.state)) return found;
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  /** The results in order, one after the other as they arrive. */
  async *result(job) {
    const answer = await this.call(`/v1/jobs/${job.id}/result?format=jsonl`);
    let rest = "";
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop();
      for (const line of lines) if (line) yield JSON.parse(line);
    }
    if (rest) yield JSON.parse(rest);
  }
}

const ydan = new YDan();
const opinions = [
  { id: "17", text: "Đề nghị sớm sửa đường ĐT 390 đoạn qua xã." },
  { id: "18", text: "" },
  { id: "19", text: "Rác ở chợ không ai thu gom." },
];

const { results, model } = await ydan.classify(opinions, { host_level: "commune", date: "2026-03-01" });
for (const one of results) {
  console.log(one.id, one.error?.code ?? `${one.topic.label} → ${one.jurisdiction.body.label}`);
}
console.log(`${model.name} ${model.version}`);

const job = await ydan.wait(await ydan.submit(opinions));
for await (const one of ydan.result(job)) console.log(job.state, one.id, one.topic?.id ?? one.error.code);

try {
  await ydan.classify(opinions, { date: "hôm qua" });
} catch (error) {
  console.log(error.status, error.code, error.detail);
}
