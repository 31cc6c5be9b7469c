// Reads requests with the policies that apply to them, one JSON text a line, and prints for each what AWS's
// evaluation of policies comes to: "Allowed", "ExplicitlyDenied", "ImplicitlyDenied", or an error.
import { createInterface } from "node:readline";
import { runSimulation } from "@cloud-copilot/iam-simulate";

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = await runSimulation(
    {
      request: {
        principal: asked.principal,
        action: asked.action,
        resource: { resource: asked.resource, accountId: asked.account },
        contextVariables: asked.context,
      },
      identityPolicies: asked.identity.map((policy, index) => ({ name: `policy${index}`, policy })),
      resourcePolicy: asked.onResource,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  const said = answer.resultType === "error" ? `error: ${JSON.stringify(answer.errors)}` : answer.overallResult;
  const ignored = answer.result?.ignoredContextKeys ?? [];
  console.log(JSON.stringify(ignored.length ? `error: ignored ${ignored.join(", ")}` : said));
}
