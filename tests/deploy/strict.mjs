// Unknown fields and wrong types, by the types that @kubernetes/client-node is generated with (OpenAPI of Kubernetes 1.34).
const models = new Map();

export async function fieldsAndTypes(object) {
  const [group, version] = object.apiVersion.includes("/") ? object.apiVersion.split("/") : ["", object.apiVersion];
  const model = await modelOf(version[0].toUpperCase() + version.slice(1) + object.kind);
  return model === null ? [`no ${object.kind} in ${group || "the core"} ${version}`] : await walk(object, model, "");
}

async function modelOf(type) {
  if (!models.has(type)) {
    const found = await import(`@kubernetes/client-node/dist/gen/models/${type}.js`).catch(() => null);
    models.set(type, found?.[type] ?? null);
  }

  return models.get(type);
}

async function walk(value, model, path) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return [`${path}: ${JSON.stringify(value)} is no ${model.name}`];
  }

  const attributes = new Map(model.getAttributeTypeMap().map((attribute) => [attribute.baseName, attribute.type]));
  const findings = [];
  for (const [field, held] of Object.entries(value)) {
    const at = path === "" ? field : `${path}.${field}`;
    findings.push(...(attributes.has(field) ? await typed(held, attributes.get(field), at) : [`${at}: unknown field`]));
  }

  return findings;
}

async function typed(value, type, at) {
  const array = /^Array<(.+)>$/.exec(type);
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type);
  if (array) {
    return Array.isArray(value) ? await all(value.map((item, i) => typed(item, array[1], `${at}[${i}]`))) : [wrong(value, at, type)];
  }

  if (map) {
    const isMap = value !== null && typeof value === "object" && !Array.isArray(value);
    return isMap ? await all(Object.entries(value).map(([key, item]) => typed(item, map[1], `${at}.${key}`))) : [wrong(value, at, type)];
  }

  switch (type) {
    case "any":
      return [];
    case "string":
    case "number":
    case "boolean":
      return typeof value === type ? [] : [wrong(value, at, type)];
    case "IntOrString":
      return typeof value === "string" || Number.isInteger(value) ? [] : [wrong(value, at, type)];
    case "Date":
      return typeof value === "string" ? [] : [wrong(value, at, type)];
    default:
      return await nested(value, type, at);
  }
}

// A type that is neither plain nor a model would be let through unseen.
async function nested(value, type, at) {
  const model = await modelOf(type);
  if (model === null) {
    throw new Error(`${at}: the type ${type} is not known`);
  }

  return await walk(value, model, at);
}

const wrong = (value, at, type) => `${at}: ${JSON.stringify(value)} is no ${type}`;

const all = async (checks) => (await Promise.all(checks)).flat();
