// The entry of every command. Its syntax is old on purpose: a Node that is too old must get as far as the sentence that
// says so.
function isOld(version) {
  var parts = version.split(".").map(Number);
  return parts[0] < 20 || (parts[0] === 20 && parts[1] < 19);
}

function explain(error) {
  var text = String((error && error.message) || error);
  if (
    error &&
    error.code === "ERR_MODULE_NOT_FOUND" &&
    /package '(tsx|zod|hono|diff|csv-stringify|esbuild)\b/.test(text)
  ) {
    console.error("The workbook's packages are not installed yet. Run npm ci in its folder, then the same line again.");
    process.exit(2);
  }
  if (/esbuild/.test(text)) {
    console.error(
      "esbuild, which compiles the workbook, does not run on this machine. Run npm ci here again. It says:",
    );
    console.error(text.split("\n").slice(0, 3).join("\n"));
    process.exit(2);
  }
  console.error(error);
  process.exit(70);
}

function start() {
  return import("./build.js")
    .then(function (engine) {
      return engine.load("commands");
    })
    .then(function (commands) {
      return commands.main(process.argv.slice(2));
    });
}

if (isOld(process.versions.node)) {
  console.error(
    "The workbook needs Node 20.19 or newer and this is Node " +
      process.versions.node +
      ": install a current one from https://nodejs.org, then type the same line again.",
  );
  process.exit(2);
} else {
  start().catch(explain);
}
