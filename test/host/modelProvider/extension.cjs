// A stand-in for an extension that brings a model: it words the first correction that it is shown as a rule.
const vscode = require('vscode');

const model = {
  id: 'stand-in-1',
  name: 'Stand-in',
  family: 'stand-in',
  version: '1',
  maxInputTokens: 100_000,
  maxOutputTokens: 4_000,
  capabilities: {},
};

function textOf({ content }) {
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

function answerTo(question) {
  // A scenario of the tests: the answer holds all that the prompt says.
  if (question.includes('ECHO')) return question;
  if (question.includes('REFUSE')) throw vscode.LanguageModelError.NoPermissions('The person refused.');
  const [, data] = question.split(/\nDATA-[0-9a-f]{24}\n/);
  const { corrections } = JSON.parse(data);
  const words = corrections[0].text
    .split(/[.!?;\n]/)[0]
    .split(' ')
    .slice(0, 20);
  const usesCorrections = corrections.map(({ name }) => name);
  const candidates = [{ rule: `Always ${words.join(' ')}`, why: 'It was said.', usesCorrections }];
  return JSON.stringify({ reflection: 'None: this is a stand-in.', candidates });
}

exports.activate = (context) => {
  const provider = {
    provideLanguageModelChatInformation: async () => [model],
    provideLanguageModelChatResponse: async (_model, messages, _options, progress) => {
      progress.report(new vscode.LanguageModelTextPart(answerTo(messages.map(textOf).join('\n'))));
    },
    provideTokenCount: async (_model, text) =>
      Math.ceil((typeof text === 'string' ? text : textOf(text)).length / 4),
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('claude-pm-test', provider));
};
