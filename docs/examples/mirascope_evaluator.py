# Scores prompts with Mirascope (pip install "mirascope[openai]"):
#   claude-pm-prompts compare ... --evaluator "python mirascope_evaluator.py gpt-4o-mini"
import json
import sys

from mirascope import Messages, llm

model = sys.argv[1]


@llm.call(provider="openai", model=model)
def answer(prompt: str, task: str):
    return [Messages.System(prompt), Messages.User(task)]


for line in sys.stdin:
    question = json.loads(line)
    scenario = question["scenario"]
    text = answer(question["prompt"], scenario["task"]).content
    wanted = [check["value"] for check in scenario["checks"] if check["type"] == "contains"]
    held = [str(words).lower() in text.lower() for words in wanted]
    score = sum(held) / len(held) if held else 0
    print(json.dumps({"id": question["id"], "score": score, "passed": all(held), "text": text}), flush=True)
