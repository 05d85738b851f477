"""One module a question: its name is the question's id, its docstring the exact reading, `answer` the answer."""
