// Reads rendered manifests from standard input, and prints them as JSON with everything that Kubernetes would refuse:
// {"objects": […], "findings": ["Deployment cpom-node: spec.replicas: …"]}.
import { readFileSync } from "node:fs";
import { CORE_SCHEMA, loadAll } from "js-yaml";
import { custom } from "./custom.mjs";
import { requiredAndTypes } from "./required.mjs";
import { fieldsAndTypes } from "./strict.mjs";

const objects = loadAll(readFileSync(0, "utf8"), undefined, { schema: CORE_SCHEMA }).filter((object) => object !== null);
const findings = [];
for (const object of objects) {
  const name = `${object.kind} ${object.metadata?.name}`;
  const checks = custom(object) ?? [...(await fieldsAndTypes(object)), ...(await requiredAndTypes(object))];
  findings.push(...checks.map((finding) => `${name}: ${finding}`));
}

process.stdout.write(JSON.stringify({ objects, findings }));
