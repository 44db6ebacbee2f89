"""Tables and hit lists as files that people take with them."""
