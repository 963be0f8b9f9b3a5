// Stands in for a model that takes its time and then gives no answer that could be used.
for await (const _ of process.stdin);
await new Promise((resolve) => setTimeout(resolve, 2000));
process.stdout.write('{}');
