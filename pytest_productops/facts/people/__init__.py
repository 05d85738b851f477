"""People: who is who in a history, who took part in it, and how much of it hangs on whom."""
