// Stands in for a model: it answers with the question, so that what a prompt says is in its answers.
let text = '';
for await (const chunk of process.stdin) text += chunk;
process.stdout.write(text);
