"""Support of existing engineers: processes documented, code reviewed, people doing their jobs efficiently."""
