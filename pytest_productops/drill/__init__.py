"""The onboarding drill: the documents as a newcomer reads them on day one, and what they tell her to run, run for real.

`journey` reads and runs nothing. `rehearsal` runs the documented set-up and tests in a fresh clone, never in the
checkout, and only when somebody asks for it.
"""
