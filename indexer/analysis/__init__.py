"""Swedish text → tokens, and where a question's words stand in it; for index and question, for both engines."""
