"""What is judged and how strictly: settings, profiles, selection, and errors that say where and what instead."""
