// The kinds that are not Kubernetes' own. No package here has their schemas: these are the fields that the manifests use, as the Prometheus
// operator documents them, and no other is let through. A name that ends in "!" must be there.
const duration = (value) => (typeof value === "string" && /^(\d+(ms|[smhdwy]))+$/.test(value) ? null : "no duration");
const text = (value) => (typeof value === "string" && value !== "" ? null : "no text");
const texts = { "*": text };
const metadata = { "name!": text, namespace: text, labels: texts, annotations: texts };
const selector = { "matchLabels!": texts };

const kinds = {
  "monitoring.coreos.com/v1 ServiceMonitor": {
    "apiVersion!": text,
    "kind!": text,
    "metadata!": metadata,
    "spec!": { "selector!": selector, "endpoints!": [{ "port!": text, path: text, interval: duration, scrapeTimeout: duration }] },
  },
  "monitoring.coreos.com/v1 PrometheusRule": {
    "apiVersion!": text,
    "kind!": text,
    "metadata!": metadata,
    "spec!": {
      "groups!": [
        { "name!": text, interval: duration, "rules!": [{ alert: text, record: text, "expr!": text, for: duration, keep_firing_for: duration, labels: texts, annotations: texts }] },
      ],
    },
  },
};

/** What is wrong with an object of such a kind; null where it is none. */
export function custom(object) {
  const schema = kinds[`${object.apiVersion} ${object.kind}`];
  return schema ? check(object, schema, "") : null;
}

function check(value, schema, path) {
  if (typeof schema === "function") {
    const wrong = schema(value);
    return wrong ? [`${path}: ${JSON.stringify(value)} is ${wrong}`] : [];
  }

  if (Array.isArray(schema)) {
    return Array.isArray(value) && value.length > 0 ? value.flatMap((item, i) => check(item, schema[0], `${path}[${i}]`)) : [`${path}: no list of at least one`];
  }

  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return [`${path}: ${JSON.stringify(value)} has no fields`];
  }

  const missing = Object.keys(schema).filter((name) => name.endsWith("!") && !(name.slice(0, -1) in value)).map((name) => `${path}: no ${name.slice(0, -1)}`);
  return missing.concat(
    Object.entries(value).flatMap(([field, held]) => {
      const inner = schema[field] ?? schema[`${field}!`] ?? schema["*"];
      const at = path === "" ? field : `${path}.${field}`;
      return inner ? check(held, inner, at) : [`${at}: unknown field`];
    }),
  );
}
