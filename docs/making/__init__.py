"""How the site is made.

Pages that programs write are below `docs/reference/`, which git ignores: rules, commands, settings, file formats and
the Python interface, each by the functions that the command uses. What the forge shows as a link or as code stays as
it is in the sources; on the site a rule's code leads to its page, and a link out of `docs/` to the file or its page.
"""
