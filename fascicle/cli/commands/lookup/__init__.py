"""Commands that answer a question: what a code means, which styles there are, how to call a command."""
