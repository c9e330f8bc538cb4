// Missing fields, wrong types and wrong formats, by the schemas of kubernetes-models. It lets unknown fields pass.
export async function requiredAndTypes(object) {
  const module = await import(`kubernetes-models/${object.apiVersion}`).catch(() => null);
  const Model = module?.[object.kind];
  if (!Model) {
    return [`kubernetes-models has no ${object.apiVersion} ${object.kind}`];
  }

  try {
    new Model(object).validate();
    return [];
  } catch (invalid) {
    return invalid.errors?.map((error) => `${error.instancePath}: ${error.message}`) ?? [invalid.message];
  }
}
