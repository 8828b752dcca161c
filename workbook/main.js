// The way in. Parsed by any Node that knows import(), so that an old one is told so in one sentence.
/* global process, console */
function oldNode(version) {
  var parts = version.split(".").map(Number);
  return parts[0] < 20 || (parts[0] === 20 && parts[1] < 19);
}

function explain(error) {
  if (error && error.code === "ERR_MODULE_NOT_FOUND" && /'(tsx|zod|hono|esbuild)\b/.test(String(error.message))) {
    console.error("The workbook's packages are not installed yet. Run npm ci in its folder, then the same line again.");
    process.exit(2);
  }
  console.error(error);
  process.exit(70);
}

function start() {
  // Node strips the types itself where it can without a warning; elsewhere tsx does.
  var strips = process.features.typescript === "strip" && Number(process.versions.node.split(".")[0]) >= 24;
  var ready = strips
    ? Promise.resolve()
    : import("tsx/esm/api").then(function (tsx) {
        tsx.register();
      });
  return ready
    .then(function () {
      return import("./commands.ts");
    })
    .then(function (commands) {
      return commands.main(process.argv.slice(2));
    });
}

if (oldNode(process.versions.node)) {
  console.error(
    "The workbook needs Node 20.19 or newer and this is Node " +
      process.versions.node +
      ": install a current one from https://nodejs.org, then type the same line again.",
  );
  process.exit(2);
} else {
  start().catch(explain);
}
