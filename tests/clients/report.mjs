// One JSON line per check: what the test suite asserts on.

export function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

// A check that throws is told as such, and the ones after it still run.
export async function check(name, body) {
  try {
    say({ check: name, ...(await body()) });
  } catch (error) {
    say({ check: name, thrown: error.stack ?? String(error) });
  }
}

// What the suite gives a script: one JSON argument.
export const given = JSON.parse(process.argv[2]);
